import * as Plot from '@observablehq/plot';
import { h, s } from '../dom';
import { styleOf, type SubsetStyle } from '../palette';

/** Draws with Observable Plot, without the style element that a strict content-security policy refuses. */
export function plot(options: Plot.PlotOptions): SVGSVGElement {
  const drawn = Plot.plot({ className: 'plot', figure: false, ...options });
  for (const style of drawn.querySelectorAll('style')) {
    style.remove();
  }

  // The picture as a whole has a description; its groups have no role that could have one.
  for (const group of drawn.querySelectorAll('[aria-label]')) {
    group.removeAttribute('aria-label');
  }

  return drawn as SVGSVGElement;
}

/** From this width on, curves are named beside their ends. */
export const wide = 560;

/** A share as a percentage, with a decimal where it is needed. */
export const percentTick = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

/** A legend: marks with their meanings. */
export const legend = (entries: { mark: Node; name: string }[]): HTMLElement =>
  h('ul', { class: 'legend' }, entries.map(({ mark, name }) => h('li', {}, mark, name)));

/** A piece of a line for a legend. */
export const lineMark = (color: string, dash: string): SVGElement => s('svg', { width: 34, height: 12, 'aria-hidden': 'true' },
  s('line', { x1: 0, y1: 6, x2: 34, y2: 6, stroke: color, 'stroke-width': 2.5, 'stroke-dasharray': dash }));

/** Paths of Plot's symbols, of equal area. */
const shapes: Record<SubsetStyle['symbol'], string> = {
  circle: 'M3.3 0A3.3 3.3 0 1 1-3.3 0A3.3 3.3 0 1 1 3.3 0',
  square: 'M-2.9-2.9h5.8v5.8h-5.8z',
  triangle: 'M0-5.1L4.4 2.6L-4.4 2.6z',
  diamond: 'M0-5.4L3.1 0L0 5.4L-3.1 0z',
  star: 'M0-5.5L1.2-1.7L5.2-1.7L2 .7L3.2 4.5L0 2.1L-3.2 4.5L-2 .7L-5.2-1.7L-1.2-1.7z',
  cross: 'M-3.9-1.3h2.6v-2.6h2.6v2.6h2.6v2.6h-2.6v2.6h-2.6v-2.6h-2.6z',
  wye: 'M1.7 1L1.7 4.4L-1.7 4.4L-1.7 1L-4.6-.7L-2.9-3.7L0-2L2.9-3.7L4.6-.7z',
};

/** A subset's symbol for a legend. */
export const symbolMark = (subset: string): SVGElement => s('svg', { width: 12, height: 12, viewBox: '-6 -6 12 12', 'aria-hidden': 'true' },
  symbolPath(subset));

const symbolPath = (subset: string): SVGElement =>
  s('path', { d: shapes[styleOf(subset).symbol], fill: styleOf(subset).color });

/** The legend of the subsets of a figure. */
export const subsetLegend = (subsets: string[]): HTMLElement => legend(subsets.map(subset => {
  const { color, dash } = styleOf(subset);
  const mark = lineMark(color, dash);
  mark.append(s('g', { transform: 'translate(17 6)' }, symbolPath(subset)));
  return { mark, name: subset };
}));

/**
 * Moves labels apart so that none covers another and none is above 1, each as little as can be; keeps their order. Labels that
 * would overlap become a group around the mean of their places (isotonic regression by pooling adjacent violators).
 */
export function spread<T extends { y: number }>(labels: T[], distance: number): (T & { shown: number })[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const groups: { first: number; size: number; start: number }[] = [];
  sorted.forEach((label, i) => {
    let group = { first: i, size: 1, start: label.y };
    for (let below = groups.at(-1); below !== undefined && below.start + below.size * distance > group.start; below = groups.at(-1)) {
      groups.pop();
      const size = below.size + group.size;
      group = { first: below.first, size, start: (below.start * below.size + (group.start - below.size * distance) * group.size) / size };
    }

    groups.push(group);
  });
  return groups.flatMap(({ first, size, start }) => sorted.slice(first, first + size).map((label, i) => ({
    ...label, shown: Math.min(start + i * distance, 1 - (sorted.length - 1 - first - i) * distance),
  })));
}
