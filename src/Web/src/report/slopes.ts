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

/** The tests of slopes against those of the fail set. */
export const slopeTests = (sweeps: SweepReport[]): Table => perSweep(
  sweeps,
  'Tests of the slopes of each attack’s examples against those of the fail set; Holm’s correction is over all of them',
  [
    { head: 'slope' },
    ...numeric('difference', 'from', 'to', 't', 'df', 'p, Welch', 'p, Holm', 'Hedges’ g', 'p, paired', 'p, paired, Holm', 'Cohen’s dz'),
    { head: 'the paper’s claim' },
  ],
  sweep => (sweep.results.knn?.slopeComparisons ?? []).map((test): Cell[] => [
    `S${test.j} ${test.attack} – ${test.against}`,
    cell(test.welch?.difference, number), ...ends(test.welch?.differenceInterval, number), cell(test.welch?.statistic, number),
    cell(test.welch?.degreesOfFreedom, number), cell(test.welch?.pValue, pValue), cell(test.welchHolm, pValue),
    cell(test.hedgesG, number), cell(test.paired?.pValue, pValue), cell(test.pairedHolm, pValue), cell(test.cohensDz, number),
    test.welch === null ? `${verdicts[test.verdict]}: ${test.welchReason ?? ''}` : verdicts[test.verdict],
  ]));

/** What each step of the k-NN workflow left (paper, Fig. 6). */
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
