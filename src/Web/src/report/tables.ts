import type { Comparison, Interval, Results, SweepReport } from '../model';
import { count, number, percent, points, pValue } from '../format';
import { cell, type Cell, type Table } from '../table';
import { wordingOf } from './wording';

/** A table of one sweep, or of several with a first column that names the sweep. */
export function perSweep(
  sweeps: SweepReport[], caption: string, columns: Table['columns'], rowsOf: (sweep: SweepReport) => Cell[][]): Table {
  return sweeps.length === 1
    ? { caption, columns, rows: rowsOf(sweeps[0]) }
    : {
      caption,
      columns: [{ head: 'sweep' }, ...columns],
      rows: sweeps.flatMap(sweep => rowsOf(sweep).map(row => [shortName(sweep, sweeps), ...row])),
    };
}

/** A sweep's name where no other has it, else its id. */
function shortName(sweep: SweepReport, sweeps: SweepReport[]): string {
  const { name } = sweep.results.spec;
  return sweeps.filter(other => other.results.spec.name === name).length === 1 ? name : sweep.id;
}

export const numeric = (...heads: string[]): Table['columns'] => heads.map(head => ({ head, numeric: true }));

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Both ends of an interval, as two cells. */
export const ends = (interval: Interval | null | undefined, show: (value: number) => string): Cell[] =>
  [cell(interval?.lower, show), cell(interval?.upper, show)];

export const changes = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  `Change of accuracy ${wordingOf(sweeps[0].results).change}, in percentage points; means over shuffles with 95% intervals`,
  [{ head: 'subset' }, ...numeric('shuffles', 'samples', `at ${wordingOf(sweeps[0].results).reference}`, 'at last', 'change', 'from', 'to', 'least', 'median', 'most')],
  sweep => sweep.results.subsets.map(({ subset, deltas }) => {
    const curves = sweep.results.shuffles.flatMap(shuffle => shuffle.curves
      .filter(curve => curve.subset === subset && curve.accuracy !== null)
      .map(curve => ({ ...curve, accuracy: curve.accuracy!, reference: sweep.results.levels.indexOf(shuffle.referenceLevel) })));
    return [
      subset,
      cell(deltas?.count ?? 0, count),
      cell(curves.length === 0 ? null : mean(curves.map(curve => curve.samples)), samples => count(Math.round(samples))),
      cell(curves.length === 0 ? null : mean(curves.map(curve => curve.accuracy[curve.reference])), percent),
      cell(curves.length === 0 ? null : mean(curves.map(curve => curve.accuracy.at(-1)!)), percent),
      cell(deltas?.mean, points),
      ...ends(deltas?.meanInterval, points),
      cell(deltas?.minimum, points),
      cell(deltas?.median, points),
      cell(deltas?.maximum, points),
    ];
  }));

/** The words and signs of verdicts, so that nobody has to tell colours apart. */
export const verdicts: Record<Comparison['verdict'], string> = {
  supported: '✓ supported', contradicted: '✗ contradicted', notShown: '○ not shown', untestable: '– untestable',
};

export const welchTests = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'Welch’s test, the paper’s: do the changes of an attack’s examples differ from those of another set? Differences in percentage points',
  [
    { head: 'attack – set' },
    ...numeric('difference', 'from', 'to', 't', 'df', 'p', 'p, Holm', 'Hedges’ g'), { head: 'the paper’s claim' },
  ],
  sweep => sweep.results.comparisons.map(test => [
    `${test.attack} – ${test.against}`,
    cell(test.welch?.difference, points),
    ...ends(test.welch?.differenceInterval, points),
    cell(test.welch?.statistic, number),
    cell(test.welch?.degreesOfFreedom, number),
    cell(test.welch?.pValue, pValue),
    cell(test.welchHolm, pValue),
    cell(test.hedgesG, number),
    verdicts[test.verdict],
  ]));

export const pairedTests = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'The paired t-test, which uses that both changes of a shuffle come from the same network; differences in percentage points',
  [{ head: 'attack – set' }, ...numeric('pairs', 'difference', 'from', 'to', 't', 'df', 'p', 'p, Holm', 'Cohen’s dz')],
  sweep => sweep.results.comparisons.map(test => [
    `${test.attack} – ${test.against}`,
    cell(test.paired?.pairs, count),
    cell(test.paired?.meanDifference, points),
    ...ends(test.paired?.differenceInterval, points),
    cell(test.paired?.statistic, number),
    cell(test.paired?.degreesOfFreedom, number),
    cell(test.paired?.pValue, pValue),
    cell(test.pairedHolm, pValue),
    cell(test.cohensDz, number),
  ]));

export const attackCounts = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'What the attacks achieved over all completed shuffles; norms of successful perturbations, pixels in [0, 1]',
  [
    { head: 'attack' },
    ...numeric('attacked', 'fooled', 'success', 'mean L2', 'median L2', 'largest L2', 'mean Linf', 'queries', 'gradients'),
  ],
  sweep => sweep.results.attacks.map(attack => [
    attack.attack,
    cell(attack.attempted, count),
    cell(attack.succeeded, count),
    cell(attack.successRate, percent),
    cell(attack.l2?.meanOfMeans, number),
    cell(attack.l2?.meanOfMedians, number),
    cell(attack.l2?.maximum, number),
    cell(attack.linf?.meanOfMeans, number),
    cell(attack.queries, count),
    cell(attack.gradients, count),
  ]));

export const meanCurves = (sweeps: SweepReport[], level: string, chosen: (subset: string) => boolean = () => true): Table => perSweep(
  sweeps,
  `Mean accuracy over shuffles by ${level}, with 95% intervals`,
  [{ head: level }, { head: 'subset' }, ...numeric('shuffles', 'mean', 'from', 'to')],
  sweep => sweep.results.levels.flatMap((each, i) => sweep.results.subsets.filter(({ subset }) => chosen(subset)).map(({ subset, meanCurve }) => [
    { value: each, text: String(each) }, subset, cell(meanCurve[i].shuffles, count), cell(meanCurve[i].mean, percent),
    ...ends(meanCurve[i].interval, percent),
  ])));

export const allDeltas = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  `Change of accuracy ${wordingOf(sweeps[0].results).change} by shuffle, in percentage points`,
  [{ head: 'shuffle' }, ...numeric(wordingOf(sweeps[0].results).reference), { head: 'subset' }, ...numeric('samples', 'change')],
  sweep => sweep.results.shuffles.flatMap(shuffle => shuffle.curves.map(curve => [
    { value: shuffle.shuffle, text: String(shuffle.shuffle) }, cell(shuffle.referenceLevel, String), curve.subset,
    cell(curve.samples, count), cell(curve.delta, points),
  ])));

/** Every shuffle's accuracies, a row per shuffle and subset. */
export function allCurves(sweeps: SweepReport[]): Table {
  const levels = longest(sweeps.map(sweep => sweep.results));
  return perSweep(
    sweeps,
    'Accuracy by shuffle and level',
    [{ head: 'shuffle' }, { head: 'subset' }, ...numeric(wordingOf(sweeps[0].results).reference, ...levels.map(String))],
    sweep => sweep.results.shuffles.flatMap(shuffle => shuffle.curves.map(curve => [
      { value: shuffle.shuffle, text: String(shuffle.shuffle) }, curve.subset, cell(shuffle.referenceLevel, String),
      ...levels.map((_, i) => cell(curve.accuracy?.[i], percent)),
    ])));
}

const longest = (sweeps: Results[]): number[] =>
  sweeps.map(results => results.levels).reduce((most, levels) => levels.length > most.length ? levels : most, []);

export const normQuantiles = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'Quantiles of the L2 norms of all successful perturbations',
  [{ head: 'attack' }, ...numeric('examples', ...shares.map(share => `${share}%`))],
  sweep => sweep.norms.map(norm => [
    norm.attack, cell(norm.samples, count), ...shares.map(share => cell(norm.quantiles[share], number)),
  ]));

const shares = [0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100];
