import { h, s } from './dom';

/** Downloads a file to the reader's machine. */
export function download(name: string, contents: Blob): void {
  const url = URL.createObjectURL(contents);
  h('a', { href: url, download: name }).click();
  // The download has its own hold on the blob by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Style properties that an exported file needs, for it lacks the page's style sheet. */
const properties = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap',
  'stroke-linejoin', 'opacity', 'color', 'font-family', 'font-size', 'font-weight', 'font-variant-numeric',
  'text-anchor', 'paint-order', 'visibility',
];

/** Combines pictures, one below the other, into one that needs no style sheet. They must be in the document. */
export function standalone(title: string, parts: { heading: string | null; svg: SVGSVGElement }[]): SVGSVGElement {
  const [gap, headingHeight] = [12, 22];
  const style = getComputedStyle(document.body);
  const whole = s('svg', { xmlns: 'http://www.w3.org/2000/svg' }, s('title', {}, title)) as SVGSVGElement;
  const background = s('rect', { width: '100%', height: '100%', fill: getComputedStyle(document.documentElement).backgroundColor });
  whole.append(background);
  let [width, y] = [0, gap];
  for (const { heading, svg } of parts) {
    if (heading !== null) {
      whole.append(s('text', {
        x: gap, y: y + 14, fill: style.color, 'font-family': style.fontFamily, 'font-size': 14, 'font-weight': 600,
      }, heading));
      y += headingHeight;
    }

    const copy = svg.cloneNode(true) as SVGSVGElement;
    inline(svg, copy);
    copy.setAttribute('x', String(gap));
    copy.setAttribute('y', String(y));
    whole.append(copy);
    width = Math.max(width, Number(svg.getAttribute('width')));
    y += Number(svg.getAttribute('height')) + gap;
  }

  const size = { width: width + 2 * gap, height: y };
  whole.setAttribute('width', String(size.width));
  whole.setAttribute('height', String(size.height));
  whole.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  return whole;
}

function inline(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const property of properties) {
    to.setAttribute(property, style.getPropertyValue(property));
  }

  to.removeAttribute('class');
  to.removeAttribute('style');
  for (let i = 0; i < from.children.length; i++) {
    inline(from.children[i], to.children[i]);
  }
}

export const svgFile = (svg: SVGSVGElement): Blob =>
  new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });

/** The picture as PNG at twice its size, for slides and print. */
export async function pngFile(svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(svgFile(svg));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = h('canvas', { width: 2 * Number(svg.getAttribute('width')), height: 2 * Number(svg.getAttribute('height')) });
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob(
      blob => blob === null ? reject(new Error('The browser cannot write PNG.')) : resolve(blob)));
  } finally {
    URL.revokeObjectURL(url);
  }
}
