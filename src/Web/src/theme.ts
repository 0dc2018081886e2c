import { h, type Child } from './dom';

/** The head of a page: title, skip link, links to the sections, and the switch between light and dark. */
export function header(title: string, subtitle: Child, sections: { id: string; title: string }[]): HTMLElement {
  return h('header', {},
    h('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
    h('div', { class: 'title' }, h('h1', {}, title), themeButton()),
    h('p', { class: 'subtitle' }, subtitle),
    sections.length > 0 && h('nav', { 'aria-label': 'Sections' }, sections.map(section =>
      h('a', { href: `#${section.id}` }, section.title))));
}

/** The switch between light and dark. It follows the system until it is pressed. */
function themeButton(): HTMLElement {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const button = h('button', {
    type: 'button',
    class: 'theme',
    click: () => {
      system.removeEventListener('change', follow);
      use(root.dataset.theme !== 'dark');
    },
  });
  const use = (dark: boolean): void => {
    root.dataset.theme = dark ? 'dark' : 'light';
    button.textContent = dark ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Use ${dark ? 'light' : 'dark'} colours`);
  };
  const follow = (): void => use(system.matches);
  system.addEventListener('change', follow);
  follow();
  return button;
}
