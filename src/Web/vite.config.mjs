import { createHash } from 'node:crypto';
import { defineConfig } from 'vite';

/** The hash by which a content-security policy allows one inline script or style. */
const hashOf = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Puts the script and the style into the page, and a policy that allows just them: app.html needs no other file. */
const singleFile = {
  name: 'single-file',
  enforce: 'post',
  generateBundle(_, bundle) {
    const files = Object.values(bundle);
    const page = files.find(file => file.fileName.endsWith('.html'));
    const script = files.find(file => file.type === 'chunk').code.trim().replaceAll('</script', '<\\/script');
    const style = files.find(file => file.fileName.endsWith('.css')).source.toString().trim();
    const policy = [
      "default-src 'none'", `script-src ${hashOf(script)}`, `style-src ${hashOf(style)}`, 'img-src data: blob:',
      "connect-src 'none'", "base-uri 'none'", "form-action 'none'",
    ].join('; ');
    const html = page.source.toString()
      .replace(/<script type="module"[^>]*><\/script>\s*/, '')
      .replace(/<link rel="stylesheet"[^>]*>\s*/, '')
      .replace('<meta charset="utf-8">', tag => `${tag}\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
      .replace('</head>', tag => `<style>${style}</style>\n${tag}`)
      .replace('</body>', tag => `<script type="module">${script}</script>\n${tag}`);
    for (const name of Object.keys(bundle)) {
      delete bundle[name];
    }
    this.emitFile({ type: 'asset', fileName: 'app.html', source: html });
  },
};

export default defineConfig({
  plugins: [singleFile],
  build: { target: 'es2022', modulePreload: false, cssCodeSplit: false, assetsInlineLimit: 0, reportCompressedSize: false },
});
