import { h, type Child } from './dom';

/** A cell: text, or a number with the way it is shown. The number itself goes into `<data>` and into CSV. */
export type Cell = string | { value: number | string; text: Child } | null;

export interface Table {
  caption: string;
  columns: { head: string; numeric?: boolean }[];
  rows: Cell[][];
}

export const cell = (value: number | null | undefined, show: (value: number) => string): Cell =>
  value === null || value === undefined ? null : { value, text: show(value) };

/** A table; the first column heads its rows. What is not defined is a dash. */
export function table(model: Table): HTMLElement {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': model.caption },
    h('table', {},
      h('caption', {}, model.caption),
      h('thead', {}, h('tr', {}, model.columns.map(column =>
        h('th', { scope: 'col', class: column.numeric ? 'number' : null }, column.head)))),
      h('tbody', {}, model.rows.map(row => h('tr', {}, row.map((each, i) => {
        const attributes = { class: model.columns[i].numeric ? 'number' : null };
        return i === 0 ? h('th', { ...attributes, scope: 'row' }, show(each)) : h('td', attributes, show(each));
      }))))));
}

function show(value: Cell): Child {
  return value === null ? h('span', { 'aria-label': 'not defined' }, '–')
    : typeof value === 'string' ? value
    : h('data', { value: value.value }, value.text);
}

/** The table as CSV (RFC 4180) with every digit. */
export function csv(model: Table): string {
  const raw = (value: Cell): string => value === null ? '' : typeof value === 'string' ? value : String(value.value);
  const quote = (text: string): string => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [model.columns.map(column => column.head), ...model.rows.map(row => row.map(raw))]
    .map(row => `${row.map(quote).join(',')}\r\n`).join('');
}
