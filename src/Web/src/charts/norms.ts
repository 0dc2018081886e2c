import * as Plot from '@observablehq/plot';
import type { NormDistribution } from '../model';
import { number, percent } from '../format';
import { styleOf } from '../palette';
import { plot, wide } from './plot';

/** Draws histograms of L2 norms with median and quartiles, a row per attack (paper, Fig. 13). */
export function normHistograms(norms: NormDistribution[], end: number): (width: number) => SVGSVGElement {
  const bars = norms.flatMap(each => each.counts.map((count, bin) => ({
    attack: each.attack, from: bin * each.binWidth, to: (bin + 1) * each.binWidth, share: count / each.samples,
  })));
  const tallest = new Map(norms.map(each => [each.attack, Math.max(...each.counts) / each.samples]));
  const boxes = norms.map(each => ({
    attack: each.attack, low: each.quantiles[5], lower: each.quantiles[25], median: each.quantiles[50],
    upper: each.quantiles[75], high: Math.min(each.quantiles[95], end),
  }));
  const color = (each: { attack: string }): string => styleOf(each.attack).color;
  // Each row has its own height: shares of narrow distributions would flatten the others.
  return width => plot({
    width,
    height: norms.length * 88 + 56,
    marginLeft: 108,
    marginBottom: 44,
    marginTop: 8,
    x: { label: width >= wide ? 'L2 norm of the perturbation, pixels in [0, 1]' : 'L2 norm', domain: [0, end], grid: true, ticks: width / 80, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: [-0.28, 1], axis: null },
    fy: { domain: norms.map(each => each.attack), axis: null, padding: 0.12 },
    marks: [
      Plot.rect(bars, { fy: 'attack', x1: 'from', x2: 'to', y1: 0, y2: bar => bar.share / tallest.get(bar.attack)!, fill: color, fillOpacity: 0.55 }),
      Plot.ruleY(norms, { fy: 'attack', y: 0, stroke: 'currentColor', strokeOpacity: 0.4 }),
      Plot.ruleY(boxes, { fy: 'attack', x1: 'low', x2: 'high', y: -0.15, stroke: color, strokeWidth: 1.5 }),
      Plot.ruleY(boxes, { fy: 'attack', x1: 'lower', x2: 'upper', y: -0.15, stroke: color, strokeWidth: 8 }),
      Plot.link(boxes, { fy: 'attack', x1: 'median', x2: 'median', y1: -0.27, y2: -0.03, stroke: 'currentColor', strokeWidth: 2 }),
      Plot.text(norms, { fy: 'attack', text: 'attack', frameAnchor: 'left', textAnchor: 'end', dx: -10, fill: color, fontWeight: 600, fontSize: 12 }),
      Plot.tip(bars, Plot.pointerX({
        fy: 'attack', x: bar => (bar.from + bar.to) / 2, y: 0.5,
        title: bar => `${bar.attack}\n${number(bar.from)} to ${number(bar.to)}: ${percent(bar.share)}`,
      })),
    ],
  });
}

