import * as Plot from '@observablehq/plot';
import { percent } from '../format';
import { styleOf } from '../palette';
import { percentTick, plot, spread } from './plot';

/** A running shuffle with its accuracies after each epoch so far, in [0, 1]. */
export interface RunningShuffle {
  shuffle: number;
  testAccuracy: number[];
  trainAccuracy: number[];
}

/** Most lines with their numbers beside the ends; more would overlap. */
const mostNamed = 12;

/** Draws train and test accuracy of running shuffles by epoch. */
export function trainingCurves(slots: RunningShuffle[], epochs: number): (width: number) => SVGSVGElement {
  const points = slots.flatMap(slot => (['train', 'test'] as const).flatMap(subset =>
    (subset === 'test' ? slot.testAccuracy : slot.trainAccuracy).map((accuracy, i) => ({
      shuffle: slot.shuffle, subset, accuracy, epoch: i + 1, line: `${subset} ${slot.shuffle}`,
    }))));
  const ends = slots.length > mostNamed ? [] : [...Map.groupBy(slots, slot => slot.testAccuracy.length)].flatMap(([epoch, level]) =>
    spread(level.map(slot => ({ shuffle: slot.shuffle, epoch, y: slot.testAccuracy[epoch - 1] })), 0.06));
  return width => plot({
    width,
    height: Math.max(220, Math.min(width * 0.4, 320)),
    marginLeft: 46,
    marginRight: 32,
    marginBottom: 44,
    marginTop: 12,
    x: { label: 'epoch', domain: [1, Math.max(epochs, 2)], tickFormat: 'd', ticks: wholeTicks(epochs, width / 60), labelAnchor: 'center', labelArrow: 'none' },
    y: { label: null, domain: [0, 1], grid: true, tickFormat: percentTick },
    marks: [
      (['train', 'test'] as const).map(subset => Plot.line(points.filter(point => point.subset === subset), {
        x: 'epoch', y: 'accuracy', z: 'line', stroke: styleOf(subset).color, strokeWidth: 1.8, strokeDasharray: styleOf(subset).dash,
      })),
      (['train', 'test'] as const).map(subset => Plot.dot(points.filter(point => point.subset === subset), {
        x: 'epoch', y: 'accuracy', r: 2.6, symbol: styleOf(subset).symbol, fill: styleOf(subset).color,
      })),
      Plot.text(ends, { x: 'epoch', y: 'shown', text: end => `#${end.shuffle}`, dx: 6, textAnchor: 'start', fontSize: 11, stroke: 'var(--page)', strokeWidth: 4, fill: 'currentColor' }),
      Plot.tip(points, Plot.pointer({
        x: 'epoch', y: 'accuracy', title: point => `shuffle ${point.shuffle}, ${point.subset}\nepoch ${point.epoch}: ${percent(point.accuracy)}`,
      })),
    ],
  });
}

/** Ticks at whole epochs, about as many as wanted. */
function wholeTicks(epochs: number, wanted: number): number[] {
  const step = Math.max(1, Math.ceil(epochs / Math.max(wanted, 1)));
  return Array.from({ length: Math.ceil(epochs / step) }, (_, i) => 1 + i * step);
}
