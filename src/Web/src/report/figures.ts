import { accuracyCurves, mostCurves, shuffleCurves } from '../charts/curves';
import { deltaBoxes, deltaDomain } from '../charts/deltas';
import { normHistograms } from '../charts/norms';
import { subsetLegend } from '../charts/plot';
import { kindLegend, marksOf, pDomain, pValues, rowOf, settledOf, settlingCurves, settlingLegend } from '../charts/pvalues';
import { figure, type Draw, type Figure } from '../figure';
import { list, percent, points, pValue, range } from '../format';
import type { SweepReport } from '../model';
import { cell } from '../table';
import { allCurves, allDeltas, meanCurves, normQuantiles, pairedTests, perSweep, welchTests } from './tables';

/** One panel per sweep, named where there are several. */
const panels = (sweeps: SweepReport[], draw: (sweep: SweepReport) => Draw): Figure['panels'] =>
  sweeps.map(sweep => ({ heading: sweeps.length > 1 ? sweep.id : null, draw: draw(sweep) }));

/** The subsets of all sweeps, each once, in the first sweep's order. */
const subsetsOf = (sweeps: SweepReport[]): string[] =>
  [...new Set(sweeps.flatMap(sweep => sweep.results.subsets.map(subset => subset.subset)))];

/** A sentence about each sweep, which is named where there are several. */
const told = (sweeps: SweepReport[], tell: (sweep: SweepReport) => string): string =>
  sweeps.map(sweep => `${sweeps.length > 1 ? `${sweep.id}: ` : ''}${tell(sweep)}`).join(' ');

export function curvesFigure(sweeps: SweepReport[]): HTMLElement {
  return figure({
    name: 'accuracy',
    title: 'Accuracy as the network is fitted harder',
    caption: 'Each line is the mean accuracy of one subset over the shuffles, the shaded band around it the 95% confidence '
      + 'interval of that mean (Student t, cut at 0 and 100%). The grey band and triangles mark M, the epoch of the highest test '
      + 'accuracy, which differs from shuffle to shuffle; a larger triangle stands for more shuffles. By definition each '
      + 'shuffle’s fail and adversarial accuracies are 0 at its own M, so their means need not touch 0. To the right of M the '
      + 'network overfits: look at which lines rise there. It is drawn as the paper’s Figs. 11 and 14.',
    description: told(sweeps, sweep => `Accuracy by epoch. Test accuracy is highest at epoch ${range(references(sweep))}. At the last epoch: ${list(
      sweep.results.subsets.map(subset => `${subset.subset} ${shown(subset.meanCurve.at(-1)?.mean)}`))}.`),
    panels: panels(sweeps, sweep => accuracyCurves(sweep.results, 'epoch')),
    legend: subsetLegend(subsetsOf(sweeps)),
    data: meanCurves(sweeps, 'epoch'),
  });
}

const references = (sweep: SweepReport): number[] => sweep.results.shuffles.map(shuffle => shuffle.referenceLevel);

const shown = (share: number | null | undefined): string => share === null || share === undefined ? 'not defined' : percent(share);

export function shufflesFigure(sweeps: SweepReport[]): HTMLElement {
  const most = Math.max(...sweeps.map(sweep => sweep.results.shuffles.length));
  return figure({
    name: 'shuffles',
    title: 'The same, shuffle by shuffle',
    caption: 'Each thin line is one shuffle, each dot its M. How far the lines lie apart is what the intervals and tests rest on.'
      + (most > mostCurves ? ` Of more than ${mostCurves} shuffles, ${mostCurves} equally spaced ones are drawn; the table has all.` : ''),
    description: told(sweeps, sweep => `${sweep.results.shuffles.length} accuracy curves for each of ${list(sweep.results.subsets.map(subset => subset.subset))}.`),
    panels: panels(sweeps, sweep => shuffleCurves(sweep.results, 'epoch')),
    data: allCurves(sweeps),
  });
}

export function deltasFigure(sweeps: SweepReport[]): HTMLElement {
  const domain = deltaDomain(sweeps.map(sweep => sweep.results));
  return figure({
    name: 'changes',
    title: 'Change of accuracy after M',
    caption: 'Every point is one shuffle: its accuracy at the last epoch minus that at M. The box holds the middle half of the '
      + 'shuffles, the thick line is the median, the whiskers reach the furthest point within 1.5 box lengths. Points right of '
      + 'the line at 0 gained accuracy by overfitting. Test cannot gain and fail and adversarial sets cannot lose, since M is '
      + 'where test is highest; compare the attacks with fail. It is drawn as the paper’s Figs. 12 and 15.',
    description: told(sweeps, sweep => `Box plots. Median changes in percentage points: ${list(sweep.results.subsets.flatMap(subset =>
      subset.deltas === null ? [] : [`${subset.subset} ${points(subset.deltas.median)}`]))}.`),
    panels: panels(sweeps, sweep => deltaBoxes(sweep.results, domain)),
    data: allDeltas(sweeps),
  });
}

export function testsFigure(sweeps: SweepReport[]): HTMLElement {
  const marks = sweeps.map(sweep => marksOf(sweep.results));
  const domain = pDomain(marks.flat().map(mark => mark.p));
  const table = welchTests(sweeps);
  const paired = pairedTests(sweeps);
  return figure({
    name: 'p-values',
    title: 'Could the differences be chance?',
    caption: 'p-values of the tests that the changes of an attack’s examples differ from those of the test or the fail set; the '
      + 'further left, the less likely by chance. Circles are Welch’s test, the paper’s; diamonds the paired t-test. Outlines '
      + 'are single tests, filled marks are corrected by Holm’s method for the number of tests. Crosses are what the paper gives, for '
      + 'CIFAR-10. Left of the dashed lines a test '
      + 'is significant at 95% and 99% confidence. A small p-value does not say which set gained more: the tables do. The axis '
      + 'is that of the paper’s Fig. 9.',
    description: told(sweeps, sweep => `Holm-corrected p-values of Welch's test: ${list(sweep.results.comparisons.flatMap(test =>
      test.welchHolm === null ? [] : [`${rowOf(test)} ${pValue(test.welchHolm)}`]))}.`),
    panels: panels(sweeps, sweep => pValues(marksOf(sweep.results), sweep.results.comparisons.map(rowOf), domain)),
    legend: kindLegend(marks.flat()),
    data: {
      caption: 'p-values',
      columns: [
        ...(sweeps.length > 1 ? [{ head: 'sweep' }] : []), { head: 'attack – set' },
        ...['Welch', 'Welch, Holm', 'paired', 'paired, Holm'].map(head => ({ head, numeric: true })),
      ],
      rows: table.rows.map((row, i) => {
        const first = sweeps.length > 1 ? 1 : 0;
        return [...row.slice(0, first + 1), row[first + 6], row[first + 7], paired.rows[i][first + 7], paired.rows[i][first + 8]];
      }),
    },
  });
}

export function settlingFigure(sweeps: SweepReport[]): HTMLElement {
  const domain = pDomain(sweeps.flatMap(sweep => settledOf(sweep.results, sweep.settling).map(point => point.p)));
  return figure({
    name: 'settling',
    title: 'Would more shuffles change the answer?',
    caption: 'Holm-corrected p-values of Welch’s test as they would have been after the first so many shuffles; the table names '
      + 'the comparisons. Lines that have settled far from the '
      + 'dashed horizontals, the 95% and 99% levels, would not cross them with a few shuffles more. To stop as soon as a line '
      + 'crosses would be choosing the answer.',
    description: told(sweeps, sweep => `p-values by number of shuffles, the last after ${sweep.results.shuffles.length} shuffles.`),
    panels: panels(sweeps, sweep => settlingCurves(settledOf(sweep.results, sweep.settling), domain)),
    legend: settlingLegend([...new Set(sweeps.flatMap(sweep => sweep.results.attacks.map(attack => attack.attack)))]),
    data: perSweep(
      sweeps, 'Holm-corrected p-values of Welch’s test over the first shuffles',
      [{ head: 'shuffles' }, { head: 'attack – set' }, { head: 'p, Holm', numeric: true }],
      sweep => settledOf(sweep.results, sweep.settling).map(point => [
        { value: point.shuffles, text: String(point.shuffles) }, point.row, cell(point.p, pValue),
      ])),
  });
}

export function normsFigure(sweeps: SweepReport[]): HTMLElement {
  const end = Math.max(...sweeps.flatMap(sweep => sweep.norms.map(norm => norm.binWidth * norm.counts.length)));
  const beyond = sweeps.flatMap(sweep => sweep.norms.filter(norm => norm.beyond > 0).map(norm =>
    `${norm.beyond} of ${sweeps.length > 1 ? `${sweep.id}’s ` : ''}${norm.attack}`));
  return figure({
    name: 'norms',
    title: 'How far the adversarial examples are from the originals',
    caption: 'L2 norms of the successful perturbations of all shuffles. Each histogram has its own height; below it, the thick bar holds '
      + 'the middle half, the thin line the middle nine tenths, the tick is the median. The paper ties small norms to large gains: '
      + 'compare the order of the attacks here with that of their changes. It shows what the paper’s Fig. 13 shows.'
      + (beyond.length > 0 ? ` Not drawn, being further right: ${list(beyond)}.` : ''),
    description: told(sweeps, sweep => `Median L2 norms: ${list(sweep.norms.map(norm => `${norm.attack} ${norm.quantiles[50].toPrecision(3)}`))}.`),
    panels: panels(sweeps.filter(sweep => sweep.norms.length > 0), sweep => normHistograms(sweep.norms, end)),
    data: normQuantiles(sweeps),
  });
}
