import * as Plot from '@observablehq/plot';
import type { Results, Summary } from '../model';
import { points as inPoints } from '../format';
import { styleOf } from '../palette';
import { plot, wide } from './plot';

/** Longest whisker, as a multiple of the interquartile range (Tukey). */
const reach = 1.5;

/** One row of box plots. */
export interface BoxRow {
  name: string;
  subset: string;
  summary: Summary;
  points: { shuffle: number; value: number }[];
}

/** A row of deltas for every subset that has some. */
export const deltaRows = (results: Results): BoxRow[] => results.subsets.flatMap(({ subset, deltas }) => deltas === null ? [] : [{
  name: subset,
  subset,
  summary: deltas,
  points: results.shuffles.flatMap(shuffle => shuffle.curves.flatMap(curve =>
    curve.subset !== subset || curve.delta === null ? [] : [{ shuffle: shuffle.shuffle, value: curve.delta }])),
}]);

/** A row for every slope that is finite wherever it is defined, by j and then by subset. */
export const slopeRows = (results: Results): BoxRow[] => [...results.knn?.slopes ?? []]
  .filter(slope => slope.values !== null && slope.subset !== 'train')
  .sort((a, b) => a.j - b.j)
  .map(slope => ({
    name: `S${slope.j} ${slope.subset}`,
    subset: slope.subset,
    summary: slope.values!,
    points: results.knn!.shuffles.flatMap(shuffle => shuffle.slopes.flatMap(each =>
      each.subset !== slope.subset || each.j !== slope.j || each.value === null ? [] : [{ shuffle: shuffle.shuffle, value: each.value }])),
  }));

/** Draws box plots with a point for every shuffle (paper, Figs. 12 and 15). */
export function boxPlots(
  rows: BoxRow[], axis: { domain: [number, number]; base: number; label: (isWide: boolean) => string; show: (value: number) => string },
): (width: number) => SVGSVGElement {
  const boxes = rows.map((row, position) => {
    const far = reach * (row.summary.upperQuartile - row.summary.lowerQuartile);
    const own = row.points.map(point => point.value);
    return {
      ...row, ...row.summary, position,
      least: Math.min(...own.filter(value => value >= row.summary.lowerQuartile - far)),
      most: Math.max(...own.filter(value => value <= row.summary.upperQuartile + far)),
    };
  });
  const dots = rows.flatMap((row, position) => row.points.map(point => ({ ...point, ...row, position: position + offset(point.shuffle) })));
  type Box = (typeof boxes)[number];
  const color = (point: { subset: string }): string => styleOf(point.subset).color;
  const y1 = (box: Box): number => box.position - 0.2;
  const y2 = (box: Box): number => box.position + 0.2;
  return width => plot({
    width,
    height: rows.length * 52 + 64,
    marginLeft: rows.some(row => row.name !== row.subset) ? 136 : 108,
    marginBottom: 44,
    marginTop: 8,
    x: {
      label: axis.label(width >= wide), domain: axis.domain, tickFormat: axis.show, grid: true, ticks: width / 80, labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { domain: [rows.length - 0.4, -0.6], axis: null },
    marks: [
      Plot.ruleX([axis.base], { stroke: 'currentColor', strokeWidth: 1.2 }),
      Plot.ruleY(boxes, { x1: 'least', x2: 'most', y: 'position', stroke: color, strokeWidth: 1.5 }),
      Plot.rect(boxes, { x1: 'lowerQuartile', x2: 'upperQuartile', y1, y2, fill: 'var(--page)', stroke: color, strokeWidth: 1.5 }),
      Plot.rect(boxes, { x1: 'lowerQuartile', x2: 'upperQuartile', y1, y2, fill: color, fillOpacity: 0.2 }),
      Plot.link(boxes, { x1: 'median', x2: 'median', y1, y2, stroke: color, strokeWidth: 3 }),
      Plot.dot(dots, { x: 'value', y: 'position', r: 2.6, fill: color, fillOpacity: 0.75 }),
      Plot.text(boxes, {
        y: 'position', text: 'name', frameAnchor: 'left', textAnchor: 'end', dx: -10, fill: color, fontWeight: 600, fontSize: 12,
      }),
      Plot.tip(dots, Plot.pointer({
        x: 'value', y: 'position', title: point => `${point.name}, shuffle ${point.shuffle}\n${axis.show(point.value)}`,
      })),
    ],
  });
}

/** Deltas in percentage points. */
export const deltaTick = (delta: number): string => inPoints(delta).replace('.0', '');

/** Sets the points of neighbouring shuffles apart, below the box's middle line: the golden ratio spreads any number evenly. */
const offset = (shuffle: number): number => ((shuffle * 0.618034) % 1 - 0.5) * 0.34;

/** Shortest axis, so that its ticks do not all read the same. */
const shortest = 0.02;

/** The domain that shows all values of several figures, and a base. */
export function commonDomain(rows: BoxRow[], base: number): [number, number] {
  const values = rows.flatMap(row => row.points.map(point => point.value));
  const [least, most] = [Math.min(base, ...values), Math.max(base, ...values)];
  const margin = Math.max(0.03 * (most - least), (shortest - (most - least)) / 2);
  return [least - margin, most + margin];
}
