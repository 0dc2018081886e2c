import * as Plot from '@observablehq/plot';
import type { Results } from '../model';
import { percent, range } from '../format';
import { styleOf } from '../palette';
import { percentTick, plot, spread, wide } from './plot';

interface Point {
  level: number;
  subset: string;
  mean: number;
  lower: number;
  upper: number;
}

/** Fewest shuffles with confidence bands; those of two shuffles are thirteen standard errors long. */
export const fewestForBands = 3;

/** The points of the mean curves with their intervals, cut at 0 and 1. */
const pointsOf = (results: Results): Point[] => results.subsets.flatMap(subset => subset.meanCurve.flatMap(each => {
  const interval = each.shuffles < fewestForBands ? null : each.interval;
  return each.mean === null ? [] : [{
    level: each.level, subset: subset.subset, mean: each.mean,
    lower: Math.max(interval?.lower ?? each.mean, 0), upper: Math.min(interval?.upper ?? each.mean, 1),
  }];
}));

/** The axis of the fit levels: closer fits are further right, so K falls to the right. */
const levelAxis = (results: Results, levelName: string, wanted: number): Plot.ScaleOptions => ({
  label: levelName, tickFormat: 'd', labelAnchor: 'center', labelArrow: 'none',
  domain: [results.levels[0], results.levels.at(-1)!],
  ticks: results.levels.length <= wanted ? results.levels : wanted,
});

/** Draws mean accuracy of subsets over the fit levels, with M marked (paper, Figs. 7, 8, 11 and 14). */
export function accuracyCurves(
  results: Results, levelName: string, chosen: (subset: string) => boolean = () => true): (width: number) => SVGSVGElement {
  const points = pointsOf(results).filter(point => chosen(point.subset));
  const subsets = results.subsets.map(subset => subset.subset).filter(chosen);
  const references = results.spec.knn === undefined ? results.shuffles.map(shuffle => shuffle.referenceLevel) : [];
  const last = results.levels.at(-1);
  const least = Math.min(...points.map(point => point.lower));
  // Symbols tell lines apart without colour; those of neighbouring lines stand at other levels, lest they cover each other.
  const every = Math.ceil(results.levels.length / 8);
  const isMarked = (level: number, line: number): boolean => results.levels.indexOf(level) % every === line % every;
  // A part of the subsets is drawn to see it closely.
  const domain = subsets.length < results.subsets.length ? [Math.max(0, least - 0.05 * (1 - least)), 1] : [0, 1];
  return width => {
    const named = width >= wide;
    const ends = spread(points.filter(point => point.level === last).map(point => ({ ...point, y: point.mean })), 0.05 * (domain[1] - domain[0]));
    return plot({
      width,
      height: Math.max(300, Math.min(width * 0.55, 440)),
      marginLeft: 46,
      marginBottom: 44,
      marginTop: 26,
      marginRight: named ? 118 : 14,
      x: levelAxis(results, levelName, width / 50),
      y: { label: 'accuracy', domain, grid: true, tickFormat: percentTick, labelArrow: 'none' },
      marks: [
        referenceMarks(references, results.levels),
        Plot.areaY(points, {
          x: 'level', y1: 'lower', y2: 'upper', z: 'subset', fill: (point: Point) => styleOf(point.subset).color, fillOpacity: 0.1,
        }),
        (['lower', 'upper'] as const).map(end => Plot.lineY(points, {
          x: 'level', y: end, z: 'subset', stroke: (point: Point) => styleOf(point.subset).color, strokeOpacity: 0.35, strokeWidth: 0.8,
        })),
        subsets.map(subset => Plot.lineY(points.filter(point => point.subset === subset), {
          x: 'level', y: 'mean', stroke: styleOf(subset).color, strokeWidth: 2, strokeDasharray: styleOf(subset).dash,
        })),
        subsets.map((subset, i) => Plot.dot(points.filter(point => point.subset === subset && isMarked(point.level, i)), {
          x: 'level', y: 'mean', r: 3.2, symbol: styleOf(subset).symbol, fill: styleOf(subset).color,
        })),
        !named ? [] : Plot.link(ends, {
          x1: 'level', x2: 'level', y1: 'mean', y2: 'shown', stroke: (point: Point) => styleOf(point.subset).color, strokeOpacity: 0.5, dx: 3,
        }),
        !named ? [] : Plot.text(ends, {
          x: 'level', y: 'shown', text: 'subset', dx: 8, textAnchor: 'start', fill: (point: Point) => styleOf(point.subset).color,
          fontWeight: 600, fontSize: 12,
        }),
        Plot.tip(points, Plot.pointer({
          x: 'level', y: 'mean',
          title: (point: Point) => `${point.subset}, ${levelName} ${point.level}\nmean ${percent(point.mean)}\n${percent(point.lower)} to ${percent(point.upper)}`,
        })),
      ],
    });
  };
}

/** A band over every M, and a triangle at each, the larger the more shuffles have it. */
function referenceMarks(references: number[], levels: number[]): Plot.Markish {
  if (references.length === 0) {
    return [];
  }

  const counts = [...Map.groupBy(references, level => level)].map(([level, all]) => ({ level, share: all.length / references.length }));
  const [least, most] = [Math.min(...references), Math.max(...references)];
  return [
    Plot.rectX([{ least: Math.max(least - 0.35, levels[0]), most: Math.min(most + 0.35, levels.at(-1)!) }], { x1: 'least', x2: 'most', fill: 'var(--reference)', fillOpacity: 0.09 }),
    Plot.dot(counts, {
      x: 'level', y: 0, r: (each: { share: number }) => 2.5 + 4 * Math.sqrt(each.share), symbol: 'triangle', fill: 'var(--reference)',
      dy: 4, clip: false,
    }),
    // Beside the name of the upright axis, if M is at its side.
    Plot.text([`M: ${range(references)}`], {
      x: (least + most) / 2, frameAnchor: 'top', dy: -16, fill: 'var(--reference)', fontWeight: 600,
      ...(least + most) / 2 < levels[0] + 0.1 * (levels.at(-1)! - levels[0]) ? { textAnchor: 'start' as const, dx: 14 } : {},
    }),
  ];
}

/** Most curves drawn one by one; more would hide each other. */
export const mostCurves = 60;

/** Draws every shuffle's curve, a small plot for each subset; a dot marks each M. */
export function shuffleCurves(results: Results, levelName: string): (width: number) => SVGSVGElement {
  const step = Math.max(1, results.shuffles.length / mostCurves);
  const shown = results.shuffles.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  const subsets = results.subsets.map(subset => subset.subset);
  return width => {
    const columns = Math.max(1, Math.min(subsets.length, 4, Math.floor((width - 46) / 145)));
    const rows = Math.ceil(subsets.length / columns);
    const place = (subset: string) => ({ fx: subsets.indexOf(subset) % columns, fy: Math.floor(subsets.indexOf(subset) / columns) });
    const points = shown.flatMap(shuffle => shuffle.curves.flatMap(curve => (curve.accuracy ?? []).map((accuracy, i) => ({
      shuffle: shuffle.shuffle, subset: curve.subset, accuracy, level: results.levels[i], ...place(curve.subset),
      isReference: results.levels[i] === shuffle.referenceLevel,
    }))));
    return plot({
      width,
      height: rows * 150 + 50,
      marginLeft: 46,
      marginBottom: 42,
      fx: { axis: null, domain: [...Array(columns).keys()], padding: 0.08 },
      fy: { axis: null, domain: [...Array(rows).keys()], padding: 0.2 },
      x: levelAxis(results, levelName, 4),
      y: { label: null, domain: [0, 1], grid: true, ticks: 3, tickFormat: percentTick },
      marks: [
        subsets.map(subset => Plot.line(points.filter(point => point.subset === subset), {
          fx: 'fx', fy: 'fy', x: 'level', y: 'accuracy', z: 'shuffle', stroke: styleOf(subset).color, strokeWidth: 1,
          strokeOpacity: Math.max(0.25, Math.min(0.8, 6 / shown.length)),
        })),
        Plot.dot(points.filter(point => point.isReference), {
          fx: 'fx', fy: 'fy', x: 'level', y: 'accuracy', r: 2.2, fill: (point: { subset: string }) => styleOf(point.subset).color,
        }),
        Plot.text(subsets.map(subset => ({ subset, ...place(subset) })), {
          fx: 'fx', fy: 'fy', frameAnchor: 'top-left', text: 'subset', dy: -12, fontWeight: 600, fontSize: 12,
          fill: (each: { subset: string }) => styleOf(each.subset).color,
        }),
      ],
    });
  };
}
