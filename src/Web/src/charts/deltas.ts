import * as Plot from '@observablehq/plot';
import type { Results } from '../model';
import { points as inPoints } from '../format';
import { look } from '../palette';
import { plot, wide } from './plot';

/** The share of the quartile distance up to which whiskers reach (Tukey). */
const reach = 1.5;

/** Box plots of the deltas, every shuffle a point (paper, Figs. 12 and 15). */
export function deltaBoxes(results: Results, domain: [number, number]): (width: number) => SVGSVGElement {
  const subsets = results.subsets.filter(subset => subset.deltas !== null).map(subset => subset.subset);
  const each = results.shuffles.flatMap(shuffle => shuffle.curves.flatMap(curve =>
    curve.delta === null ? [] : [{ shuffle: shuffle.shuffle, subset: curve.subset, delta: curve.delta }]));
  const boxes = results.subsets.flatMap(({ subset, deltas }) => {
    if (deltas === null) {
      return [];
    }

    const own = each.filter(point => point.subset === subset).map(point => point.delta);
    const far = reach * (deltas.upperQuartile - deltas.lowerQuartile);
    return [{
      subset, ...deltas, position: subsets.indexOf(subset),
      least: Math.min(...own.filter(delta => delta >= deltas.lowerQuartile - far)),
      most: Math.max(...own.filter(delta => delta <= deltas.upperQuartile + far)),
    }];
  });
  const dots = each.map(point => ({ ...point, position: subsets.indexOf(point.subset) + offset(point.shuffle) }));
  type Box = (typeof boxes)[number];
  const color = (point: { subset: string }): string => look(point.subset).color;
  const y1 = (box: Box): number => box.position - 0.2;
  const y2 = (box: Box): number => box.position + 0.2;
  return width => plot({
    width,
    height: subsets.length * 52 + 64,
    marginLeft: 108,
    marginBottom: 44,
    marginTop: 8,
    x: { label: width >= wide ? 'change of accuracy from M to the last epoch, in percentage points' : 'change in percentage points', domain, tickFormat: delta => inPoints(delta).replace('.0', ''), grid: true, ticks: width / 80, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: [subsets.length - 0.4, -0.6], axis: null },
    marks: [
      Plot.ruleX([0], { stroke: 'currentColor', strokeWidth: 1.2 }),
      Plot.ruleY(boxes, { x1: 'least', x2: 'most', y: 'position', stroke: color, strokeWidth: 1.5 }),
      Plot.rect(boxes, { x1: 'lowerQuartile', x2: 'upperQuartile', y1, y2, fill: 'var(--page)', stroke: color, strokeWidth: 1.5 }),
      Plot.rect(boxes, { x1: 'lowerQuartile', x2: 'upperQuartile', y1, y2, fill: color, fillOpacity: 0.2 }),
      Plot.link(boxes, { x1: 'median', x2: 'median', y1, y2, stroke: color, strokeWidth: 3 }),
      Plot.dot(dots, { x: 'delta', y: 'position', r: 2.6, fill: color, fillOpacity: 0.75 }),
      Plot.text(boxes, {
        y: 'position', text: 'subset', frameAnchor: 'left', textAnchor: 'end', dx: -10, fill: color, fontWeight: 600, fontSize: 12,
      }),
      Plot.tip(dots, Plot.pointer({
        x: 'delta', y: 'position', title: point => `${point.subset}, shuffle ${point.shuffle}\n${inPoints(point.delta)} points`,
      })),
    ],
  });
}

/** Sets the points of neighbouring shuffles apart, below the box's middle line: the golden ratio spreads any number evenly. */
const offset = (shuffle: number): number => ((shuffle * 0.618034) % 1 - 0.5) * 0.34;

/** From the least to the largest delta of the sweeps, and 0. */
export function deltaDomain(sweeps: Results[]): [number, number] {
  const deltas = sweeps.flatMap(results => results.shuffles.flatMap(shuffle => shuffle.curves.flatMap(curve => curve.delta ?? [])));
  const [least, most] = [Math.min(0, ...deltas), Math.max(0, ...deltas)];
  const margin = 0.03 * Math.max(most - least, 0.01);
  return [least - margin, most + margin];
}
