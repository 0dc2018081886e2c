import { h, newId, type Child } from './dom';
import { count } from './format';

/** A cell: text, or a number with the way it is shown. The number itself goes into `<data>` and into CSV. */
export type Cell = string | { value: number | string; text: Child } | null;

export interface Table {
  caption: string;
  columns: { head: string; numeric?: boolean }[];
  rows: Cell[][];
}

/** Most rows of a table in a page; a browser takes seconds to lay out a hundred thousand. */
const mostRows = 2000;

export const cell = (value: number | null | undefined, show: (value: number) => string): Cell =>
  value === null || value === undefined ? null : { value, text: show(value) };

/** A table whose first column heads the rows. Undefined values are dashes; very long tables show the first rows. */
export const table = (model: Table): HTMLElement => framed(
  model.rows.length > mostRows ? `${model.caption} (the first ${count(mostRows)} of ${count(model.rows.length)} rows; the CSV has all)` : model.caption,
  h('table', {},
    h('thead', {}, h('tr', {}, model.columns.map(column =>
      h('th', { scope: 'col', class: column.numeric ? 'number' : null }, column.head)))),
    h('tbody', {}, model.rows.slice(0, mostRows).map(each => row(model.columns, each)))));

/** One row of a table. */
export const row = (columns: Table['columns'], cells: Cell[]): HTMLTableRowElement => h('tr', {}, cells.map((each, i) => {
  const attributes = { class: columns[i].numeric ? 'number' : null };
  return i === 0 ? h('th', { ...attributes, scope: 'row' }, show(each)) : h('td', attributes, show(each));
}));

/** A table under its caption; where it is too wide it scrolls, also by the keyboard, and the caption stays. */
export function framed(caption: string, content: HTMLTableElement): HTMLElement {
  const id = newId('caption');
  content.setAttribute('aria-labelledby', id);
  return h('div', { class: 'framed' },
    h('p', { class: 'caption', id }, caption),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-labelledby': id }, content));
}

function show(value: Cell): Child {
  return value === null ? h('span', { 'aria-label': 'not defined', role: 'img' }, '–')
    : typeof value === 'string' ? value
    : h('data', { value: value.value }, value.text);
}

/** The table as CSV (RFC 4180) with every digit. */
export function csv(model: Table): string {
  const raw = (value: Cell): string => value === null ? '' : typeof value === 'string' ? value : String(value.value);
  const quote = (text: string): string => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [model.columns.map(column => column.head), ...model.rows.map(cells => cells.map(raw))]
    .map(cells => `${cells.map(quote).join(',')}\r\n`).join('');
}
