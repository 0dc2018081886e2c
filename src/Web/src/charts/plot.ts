import * as Plot from '@observablehq/plot';
import { h, s } from '../dom';
import { look } from '../palette';

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

export const percentTick = (share: number): string => `${Math.round(share * 100)}%`;

/** What marks mean, beside the marks. */
export const legend = (entries: { mark: Node; name: string }[]): HTMLElement =>
  h('ul', { class: 'legend' }, entries.map(({ mark, name }) => h('li', {}, mark, name)));

/** A piece of a line. */
export const lineMark = (color: string, dash: string): SVGElement => s('svg', { width: 26, height: 12, 'aria-hidden': 'true' },
  s('line', { x1: 0, y1: 6, x2: 26, y2: 6, stroke: color, 'stroke-width': 2.5, 'stroke-dasharray': dash }));

/** Names, colours and dashes of the subsets of a figure. */
export const subsetLegend = (subsets: string[]): HTMLElement => legend(subsets.map(subset => {
  const { color, dash } = look(subset);
  return { mark: lineMark(color, dash), name: subset };
}));

/** Moves labels apart so that none covers another; keeps their order. */
export function spread<T extends { y: number }>(labels: T[], distance: number): (T & { shown: number })[] {
  const placed = [...labels].sort((a, b) => a.y - b.y).map(label => ({ ...label, shown: label.y }));
  for (let i = 1; i < placed.length; i++) {
    placed[i].shown = Math.max(placed[i].shown, placed[i - 1].shown + distance);
  }

  const overshoot = placed.length > 0 ? placed[placed.length - 1].shown - 1 : 0;
  if (overshoot > 0) {
    placed[placed.length - 1].shown -= overshoot;
    for (let i = placed.length - 2; i >= 0; i--) {
      placed[i].shown = Math.min(placed[i].shown, placed[i + 1].shown - distance);
    }
  }

  return placed;
}
