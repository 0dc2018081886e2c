import { h } from './dom';

/** The head of a page: what it is, how to skip it, where its sections are, and the switch between light and dark. */
export function header(title: string, subtitle: string, sections: { id: string; title: string }[]): HTMLElement {
  return h('header', {},
    h('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
    h('div', { class: 'title' }, h('h1', {}, title), themeButton()),
    h('p', { class: 'subtitle' }, subtitle),
    sections.length > 0 && h('nav', { 'aria-label': 'Sections' }, sections.map(section =>
      h('a', { href: `#${section.id}` }, section.title))));
}

/** Follows the system until pressed. */
function themeButton(): HTMLElement {
  const root = document.documentElement;
  const isDark = (): boolean => root.dataset.theme === 'dark'
    || (root.dataset.theme === undefined && matchMedia('(prefers-color-scheme: dark)').matches);
  const button = h('button', {
    type: 'button',
    class: 'theme',
    click: () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      name();
    },
  });
  const name = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Use ${isDark() ? 'light' : 'dark'} colours`);
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
  name();
  return button;
}
