import { count, number, percent, pValue } from '../format';
import type { SweepReport } from '../model';
import { cell, type Cell, type Table } from '../table';
import { ends, numeric, perSweep, verdicts } from './tables';

/** Every slope of a k-NN sweep; infinite ones are counted, not dropped. */
export const slopes = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'Slopes Sj = accuracy at K = j / accuracy at K = j + 2; means over shuffles with 95% intervals',
  [{ head: 'subset' }, ...numeric('j', 'numbers', 'infinite', 'undefined', 'mean', 'from', 'to', 'median'), { head: 'why not' }],
  sweep => (sweep.results.knn?.slopes ?? []).map(slope => [
    slope.subset, cell(slope.j, String), cell(slope.finite, count), cell(slope.infinite, count), cell(slope.undefined, count),
    cell(slope.values?.mean, number), ...ends(slope.values?.meanInterval, number), cell(slope.values?.median, number),
    slope.byConstruction ? 'infinite by construction' : slope.valuesReason ?? '',
  ]));

const slopeName = (test: { j: number; attack: string; against: string }): string => `S${test.j} ${test.attack} – ${test.against}`;

/** Welch's tests of slopes. */
export const slopeWelchTests = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'Welch’s test of the slopes of each attack’s examples against those of the fail set; Holm’s correction is over all of them',
  [{ head: 'slope' }, ...numeric('difference', 'from', 'to', 't', 'df', 'p', 'p, Holm', 'Hedges’ g'), { head: 'the paper’s claim' }],
  sweep => (sweep.results.knn?.slopeComparisons ?? []).map((test): Cell[] => [
    slopeName(test), cell(test.welch?.difference, number), ...ends(test.welch?.differenceInterval, number),
    cell(test.welch?.statistic, number), cell(test.welch?.degreesOfFreedom, number), cell(test.welch?.pValue, pValue),
    cell(test.welchHolm, pValue), cell(test.hedgesG, number), verdicts[test.verdict],
  ]));

/** Paired tests of slopes. */
export const slopePairedTests = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'The paired t-test of the same slopes',
  [{ head: 'slope' }, ...numeric('pairs', 'difference', 'from', 'to', 't', 'df', 'p', 'p, Holm', 'Cohen’s dz')],
  sweep => (sweep.results.knn?.slopeComparisons ?? []).map((test): Cell[] => [
    slopeName(test), cell(test.paired?.pairs, count), cell(test.paired?.meanDifference, number),
    ...ends(test.paired?.differenceInterval, number), cell(test.paired?.statistic, number),
    cell(test.paired?.degreesOfFreedom, number), cell(test.paired?.pValue, pValue), cell(test.pairedHolm, pValue),
    cell(test.cohensDz, number),
  ]));

/** The p-values of the tests of slopes. */
export const slopePValues = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'p-values',
  [{ head: 'slope' }, ...numeric('Welch', 'Welch, Holm', 'paired', 'paired, Holm')],
  sweep => (sweep.results.knn?.slopeComparisons ?? []).map((test): Cell[] => [
    slopeName(test), cell(test.welch?.pValue, pValue), cell(test.welchHolm, pValue), cell(test.paired?.pValue, pValue),
    cell(test.pairedHolm, pValue),
  ]));

/** The samples that each step of the k-NN workflow left (paper, Fig. 6). */
export const filters = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'How many samples each step left, over all completed shuffles; norms of the adversarial set, pixels in [0, 1]',
  [
    { head: 'attack' },
    ...numeric(
      'test samples', 'right by Z-NN', 'and by the network', 'attacked', 'fooled the network', 'fooled Z-NN too', 'kept', 'mean L2',
      'median L2'),
  ],
  sweep => (sweep.results.knn?.filters ?? []).map(filter => [
    filter.attack, cell(filter.testSamples, count), cell(filter.knnCorrect, count), cell(filter.bothCorrect, count),
    cell(filter.attempted, count), cell(filter.fooledNetwork, count), cell(filter.fooledKnn, count), cell(filter.keptShare, percent),
    cell(filter.l2?.meanOfMeans, number), cell(filter.l2?.meanOfMedians, number),
  ]));
