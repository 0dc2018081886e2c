import * as Plot from '@observablehq/plot';
import type { Comparison, Results, SensitivityPoint } from '../model';
import { pValue } from '../format';
import { styleOf } from '../palette';
import { s } from '../dom';
import { paperPValue } from '../report/paperPValues';
import { legend, lineMark, plot, symbolMark } from './plot';

/** One p-value of a figure. */
export interface PValueMark {
  row: string;
  attack: string;
  kind: string;
  p: number;
}

/** The confidence lines of the paper's Fig. 9. */
const lines = [{ p: 0.05, name: '95%' }, { p: 0.01, name: '99%' }];

/** Drawn instead of p = 0, a value below the smallest double. */
const smallest = 1e-300;

/** How each kind of p-value is drawn. */
const kinds: Record<string, { symbol: 'circle' | 'diamond' | 'times'; filled: boolean }> = {
  'Welch': { symbol: 'circle', filled: false },
  'Welch, Holm': { symbol: 'circle', filled: true },
  'paired': { symbol: 'diamond', filled: false },
  'paired, Holm': { symbol: 'diamond', filled: true },
  'Welch in the paper': { symbol: 'times', filled: false },
};

/** The legend of the kinds of p-values in a figure. */
export const kindLegend = (marks: PValueMark[]): HTMLElement => legend([...new Set(marks.map(mark => mark.kind))].map(kind => {
  const { symbol, filled } = kinds[kind];
  const paint = filled ? { fill: 'currentColor' } : { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8 };
  const shape = symbol === 'circle' ? s('circle', { r: filled ? 3.5 : 5, ...paint })
    : s('path', { d: symbol === 'times' ? 'M-4-4L4 4M-4 4L4-4' : filled ? 'M0-5L3.4 0L0 5L-3.4 0Z' : 'M0-6L4 0L0 6L-4 0Z', ...paint });
  return { mark: s('svg', { width: 14, height: 14, viewBox: '-7 -7 14 14', 'aria-hidden': 'true' }, shape), name: kind };
}));

export const rowOf = (test: Comparison): string => `${test.attack} – ${test.against}`;

export const marksOf = (results: Results): PValueMark[] => results.comparisons.flatMap(test => [
  ...testMarks(test, rowOf(test)), ...paperMark(paperPValue(results.spec, test), test),
]);

const testMarks = (test: Comparison, row: string): PValueMark[] => ([
  ['Welch', test.welch?.pValue], ['Welch, Holm', test.welchHolm], ['paired', test.paired?.pValue], ['paired, Holm', test.pairedHolm],
] as const).flatMap(([kind, p]) => p === null || p === undefined ? [] : [{ row, attack: test.attack, kind, p }]);

const paperMark = (p: number | null, test: Comparison): PValueMark[] =>
  p === null ? [] : [{ row: rowOf(test), attack: test.attack, kind: 'Welch in the paper', p }];

/** The p-values of the tests of slopes (paper, Fig. 9). */
export const slopeMarksOf = (results: Results): PValueMark[] => (results.knn?.slopeComparisons ?? []).flatMap(test =>
  testMarks(test, `S${test.j} ${rowOf(test)}`));

/** The domain of an axis of p-values: from a decade below the least to 1. */
export const pDomain = (values: number[]): [number, number] =>
  [10 ** Math.floor(Math.log10(Math.max(Math.min(0.005, ...values), smallest)) - 0.3), 1];

/** Ticks at powers of ten, about as many as wanted. */
function decades([least, most]: [number, number], wanted: number): number[] {
  const [first, last] = [Math.round(Math.log10(least)), Math.round(Math.log10(most))];
  const step = Math.ceil((last - first + 1) / Math.max(wanted, 2));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => 10 ** (last - i * step));
}

/** Ticks at whole numbers of shuffles from 2 on, about as many as wanted: all or round ones. */
function wholeTicks(most: number, wanted: number): number[] {
  const least = most / Math.max(wanted, 1);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = least <= 1 ? 1 : [1, 2, 5, 10].find(factor => factor * power >= least)! * power;
  return Array.from({ length: Math.floor(most / step) }, (_, i) => (i + 1) * step).filter(shuffles => shuffles >= 2);
}

/** Draws p-values on a logarithmic axis with the 95% and 99% lines (paper, Fig. 9). */
export function pValues(marks: PValueMark[], rows: string[], domain: [number, number]): (width: number) => SVGSVGElement {
  const drawn = marks.map(mark => ({ ...mark, at: Math.max(mark.p, domain[0]) }));
  const of = (filled: boolean) => drawn.filter(mark => kinds[mark.kind].filled === filled);
  const color = (mark: PValueMark): string => kinds[mark.kind].symbol === 'times' ? 'currentColor' : styleOf(mark.attack).color;
  const symbol = (mark: PValueMark): string => kinds[mark.kind].symbol;
  const [marginLeft, marginRight] = [14 + 6.4 * Math.max(...rows.map(row => row.length)), 20];
  return width => plot({
    width,
    height: rows.length * 30 + 74,
    marginLeft,
    marginBottom: 44,
    marginTop: 24,
    marginRight,
    x: { type: 'log', domain, label: 'p-value, logarithmic', ticks: decades(domain, width / 90), tickFormat: tick, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: rows, label: null, tickSize: 0, padding: 0.5 },
    marks: [
      Plot.gridY(rows, { strokeOpacity: 0.12 }),
      thresholds('x', apart(domain, width - marginLeft - marginRight) > 8),
      Plot.dot(of(false), { x: 'at', y: 'row', symbol, r: 5.5, stroke: color, strokeWidth: 1.8 }),
      Plot.dot(of(true), { x: 'at', y: 'row', symbol, r: 3.4, fill: color }),
      Plot.tip(drawn, Plot.pointer({ x: 'at', y: 'row', title: mark => `${mark.row}\n${mark.kind}: p = ${pValue(mark.p)}` })),
    ],
  });
}

const tick = (p: number): string => p >= 0.01 ? String(p) : `1e${Math.round(Math.log10(p))}`;

/** Pixels between the lines of 95% and 99%. */
const apart = ([least, most]: [number, number], length: number): number =>
  length * Math.log10(lines[0].p / lines[1].p) / Math.log10(most / least);

/** The lines of 95% and 99% with their names, which share one label where there is no room for two. */
function thresholds(axis: 'x' | 'y', isRoomy: boolean): Plot.Markish {
  const rule = { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.75 };
  const style = { fontSize: 11, fill: 'currentColor' };
  const names = isRoomy ? lines : [{ ...lines[1], name: '95, 99%' }];
  // Beside an upright line names stand on either side: on a short axis the lines are near.
  const end = (i: number): { textAnchor: 'start' | 'end'; dx: number } =>
    isRoomy && i === 0 ? { textAnchor: 'start', dx: -4 } : { textAnchor: 'end', dx: 4 };
  return axis === 'x'
    ? [Plot.ruleX(lines, { x: 'p', ...rule }), ...names.map((line, i) => Plot.text([line], {
      x: 'p', text: 'name', frameAnchor: 'top', dy: -14, ...end(i), ...style,
    }))]
    : [Plot.ruleY(lines, { y: 'p', ...rule }), Plot.text(names, {
      y: 'p', text: 'name', frameAnchor: 'right', textAnchor: 'start', dx: 4, ...style,
    })];
}

/** A p-value over the first shuffles. */
export interface SensitivityValue {
  shuffles: number;
  row: string;
  attack: string;
  against: string;
  p: number;
}

export const sensitivityOf = (results: Results, sensitivity: SensitivityPoint[]): SensitivityValue[] => sensitivity.flatMap(point =>
  point.comparisons.flatMap((test, i) => test.welchHolm === null ? [] : [{
    shuffles: point.shuffles, row: rowOf(results.comparisons[i]), attack: results.comparisons[i].attack,
    against: results.comparisons[i].against, p: test.welchHolm,
  }]));

/** Draws how the Holm-corrected p-values of Welch's test converge as shuffles are added. */
export function sensitivityCurves(points: SensitivityValue[], domain: [number, number]): (width: number) => SVGSVGElement {
  const drawn = points.map(point => ({ ...point, at: Math.max(point.p, domain[0]) }));
  const groups = [...Map.groupBy(drawn, point => point.row).values()];
  const [marginTop, marginBottom] = [12, 44];
  const height = (width: number): number => Math.max(240, Math.min(width * 0.45, 340));
  return width => plot({
    width,
    height: height(width),
    marginLeft: 56,
    marginRight: 52,
    marginBottom,
    marginTop,
    x: { label: 'completed shuffles', tickFormat: 'd', ticks: wholeTicks(Math.max(...points.map(point => point.shuffles)), width / 60), labelAnchor: 'center', labelArrow: 'none' },
    y: { type: 'log', domain, label: null, ticks: decades(domain, 7), tickFormat: tick, grid: true },
    marks: [
      thresholds('y', apart(domain, height(width) - marginTop - marginBottom) > 12),
      groups.map(group => {
        const isTest = group[0].against === 'test';
        const { color, symbol } = styleOf(group[0].attack);
        return [
          Plot.line(group, { x: 'shuffles', y: 'at', stroke: color, strokeWidth: 2, strokeDasharray: isTest ? '' : '5 3' }),
          Plot.dot(group, { x: 'shuffles', y: 'at', r: 3.5, symbol, stroke: color, fill: isTest ? color : 'var(--page)' }),
        ];
      }),
      Plot.tip(drawn, Plot.pointer({
        x: 'shuffles', y: 'at', title: point => `${point.row}\n${point.shuffles} shuffles: p = ${pValue(point.p)}`,
      })),
    ],
  });
}

export const sensitivityLegend = (attacks: string[]): HTMLElement => legend([
  ...attacks.map(attack => ({ mark: symbolMark(attack), name: attack })),
  { mark: lineMark('currentColor', ''), name: 'against test' },
  { mark: lineMark('currentColor', '5 3'), name: 'against fail' },
]);
