import { h, type Child } from './dom';

/** Numbers as the terminal shows them: decimal points, thousands apart by commas. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const count = (value: number): string => grouped.format(value);

export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** A share in [0, 1] as a percentage. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** A difference of shares in percentage points, with its sign. */
export function points(difference: number): string {
  const text = (Math.abs(difference) * 100).toFixed(1);
  return `${text === '0.0' ? '' : difference < 0 ? '-' : '+'}${text}`;
}

/** Three significant digits. */
export function number(value: number): string {
  if (value === 0) {
    return '0';
  }
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3 ? value.toExponential(2)
    : size >= 1000 ? count(value) : String(Number(value.toPrecision(3)));
}

/** A sentence of the results, in which no line breaks between `p`, `=` and a number, nor at the minus of 4.8e-4. */
export const sentence = (text: string): Child => text.split(/(\bp = [\d.e-]*\d)/).map((part, i) =>
  i % 2 === 0 ? part : h('span', { class: 'unbroken' }, part));

/** A p-value: 0.012, or 4.8e-4 below 0.001. */
export const pValue = (p: number): string =>
  p < 1e-99 ? '<1e-99' : p < 1e-3 ? p.toExponential(1) : p.toFixed(3);

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours} h ${minutes} min`
    : whole >= 60 ? `${minutes} min ${whole % 60} s`
    : seconds < 10 ? `${number(seconds)} s` : `${whole} s`;
}

export function bytes(size: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : number(size)} ${units[unit]}`;
}

/** A time of the journal, in UTC. */
export const time = (iso: string): string => `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** `a`, `a and b`, `a, b and c`. */
export const list = (items: (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** The whole numbers as ranges: `1 to 3, 7`. */
export const range = (values: number[]): string => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} to ${most}`;
};
