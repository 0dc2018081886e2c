import { boxPlots, commonDomain, deltaRows, deltaTick, slopeRows } from '../charts/boxes';
import { accuracyCurves, fewestForBands, mostCurves, shuffleCurves } from '../charts/curves';
import { normHistograms } from '../charts/norms';
import { subsetLegend } from '../charts/plot';
import { kindLegend, marksOf, pDomain, pValues, rowOf, sensitivityOf, sensitivityCurves, sensitivityLegend, slopeMarksOf } from '../charts/pvalues';
import type { Draw, Figure } from '../figure';
import { list, number, percent, points, pValue, range } from '../format';
import type { SweepReport } from '../model';
import { cell } from '../table';
import { slopePValues, slopes } from './slopes';
import { allCurves, allDeltas, meanCurves, normQuantiles, pairedTests, perSweep, welchTests } from './tables';
import { wordingOf } from './wording';

/** One panel per sweep, named where there are several. */
const panels = (sweeps: SweepReport[], draw: (sweep: SweepReport) => Draw): Figure['panels'] =>
  sweeps.map(sweep => ({ heading: sweeps.length > 1 ? sweep.id : null, draw: draw(sweep) }));

/** The subsets of all sweeps, each once, in the first sweep's order. */
const subsetsOf = (sweeps: SweepReport[]): string[] =>
  [...new Set(sweeps.flatMap(sweep => sweep.results.subsets.map(subset => subset.subset)))];

/** A sentence about each sweep, named where there are several. */
const describe = (sweeps: SweepReport[], sentence: (sweep: SweepReport) => string): string =>
  sweeps.map(sweep => `${sweeps.length > 1 ? `${sweep.id}: ` : ''}${sentence(sweep)}`).join(' ');

export function curvesFigure(sweeps: SweepReport[]): Figure {
  const { level, section } = wordingOf(sweeps[0].results);
  const isKnn = level === 'K';
  return {
    name: `accuracy-${level.toLowerCase()}`,
    title: isKnn ? 'Accuracy as fewer neighbours vote' : 'Accuracy as the network is fitted harder',
    caption: 'Each line is the mean accuracy of one subset over the shuffles, the shaded band around it the 95% confidence '
      + `interval of that mean (Student t, cut at 0 and 100%). ${aboutBands(sweeps)}` + (isKnn
      ? 'The further right, the fewer neighbours K vote, and the closer the classifier fits its train samples. Fail and adversarial sets '
        + 'are chosen for being wrong at K = Z, the left end, where their accuracy is 0; compare how steeply they rise. It is drawn as '
        + 'the paper’s Fig. 8.'
      : 'The grey band and triangles mark M, the epoch of the highest test '
        + 'accuracy, which differs from shuffle to shuffle; a larger triangle stands for more shuffles. By definition each '
        + 'shuffle’s fail and adversarial accuracies are 0 at its own M, so their means need not touch 0. To the right of M the '
        + 'network overfits: look at which lines rise there. It is drawn as the paper’s Figs. 11 and 14.'),
    description: describe(sweeps, sweep => `Accuracy by ${level}, section ${section}. `
      + (isKnn ? '' : `Test accuracy is highest at epoch ${range(references(sweep))}. `)
      + `At the closest fit: ${list(sweep.results.subsets.map(subset => `${subset.subset} ${shown(subset.meanCurve.at(-1)?.mean)}`))}.`),
    panels: panels(sweeps, sweep => accuracyCurves(sweep.results, level)),
    legend: subsetLegend(subsetsOf(sweeps)),
    data: meanCurves(sweeps, level),
  };
}

/** A sentence on why there are no confidence bands; empty where there are. */
const aboutBands = (sweeps: SweepReport[]): string => sweeps.some(sweep => sweep.results.shuffles.length < fewestForBands)
  ? `Of fewer than ${fewestForBands} shuffles there is none; the table has that of two. ` : '';

/** Accuracy on train and test samples alone (paper, Fig. 7). */
export function trainTestFigure(sweeps: SweepReport[]): Figure {
  const subsets = ['train', 'test'];
  return {
    name: 'train-and-test',
    title: 'Overfitting as K gets smaller',
    caption: `Mean accuracy on train and test samples, with 95% confidence intervals. ${aboutBands(sweeps)}`
      + 'Each train sample is among its own neighbours, so that K = 1 gets all of them right, but for duplicates of another class. '
      + 'The wider the lines part, the more the classifier overfits. It is drawn as the paper’s Fig. 7.',
    description: describe(sweeps, sweep => `At K = 1: ${list(subsets.map(name =>
      `${name} ${shown(sweep.results.subsets.find(subset => subset.subset === name)?.meanCurve.at(-1)?.mean)}`))}.`),
    panels: panels(sweeps, sweep => accuracyCurves(sweep.results, 'K', subset => subsets.includes(subset))),
    legend: subsetLegend(subsets),
    data: meanCurves(sweeps, 'K', subset => subsets.includes(subset)),
  };
}

const references = (sweep: SweepReport): number[] => sweep.results.shuffles.map(shuffle => shuffle.referenceLevel);

const shown = (share: number | null | undefined): string => share === null || share === undefined ? 'not defined' : percent(share);

export function shufflesFigure(sweeps: SweepReport[]): Figure {
  const most = Math.max(...sweeps.map(sweep => sweep.results.shuffles.length));
  const { level, reference } = wordingOf(sweeps[0].results);
  return {
    name: `shuffles-${level.toLowerCase()}`,
    title: 'The same, shuffle by shuffle',
    caption: `Each thin line is one shuffle, each dot its ${reference}. How far the lines lie apart is what the intervals and tests rest on.`
      + (most > mostCurves ? ` Of more than ${mostCurves} shuffles, ${mostCurves} equally spaced ones are drawn; the table has all.` : ''),
    description: describe(sweeps, sweep => `${sweep.results.shuffles.length} accuracy curves for each of ${list(sweep.results.subsets.map(subset => subset.subset))}.`),
    panels: panels(sweeps, sweep => shuffleCurves(sweep.results, level)),
    data: allCurves(sweeps),
  };
}

const boxCaption = 'The box holds the middle half of the shuffles, the thick line is the median, the whiskers reach the furthest point '
  + 'within 1.5 box lengths. ';

export function deltasFigure(sweeps: SweepReport[]): Figure {
  const domain = commonDomain(sweeps.flatMap(sweep => deltaRows(sweep.results)), 0);
  const { level, reference, change } = wordingOf(sweeps[0].results);
  return {
    name: `changes-${level.toLowerCase()}`,
    title: `Change of accuracy ${change}`,
    caption: `Every point is one shuffle: its accuracy at the closest fit minus that at ${reference}. ${boxCaption}`
      + 'Points right of the line at 0 gained accuracy by fitting closer. ' + (level === 'K'
      ? 'Fail and adversarial sets cannot lose, being all wrong at Z; compare the attacks with fail.'
      : 'Test cannot gain and fail and adversarial sets cannot lose, since M is where test is highest; compare the attacks with fail. '
        + 'It is drawn as the paper’s Figs. 12 and 15.'),
    description: describe(sweeps, sweep => `Box plots. Median changes in percentage points: ${list(sweep.results.subsets.flatMap(subset =>
      subset.deltas === null ? [] : [`${subset.subset} ${points(subset.deltas.median)}`]))}.`),
    panels: panels(sweeps, sweep => boxPlots(deltaRows(sweep.results), {
      domain, base: 0, show: deltaTick,
      label: isWide => isWide ? `change of accuracy ${change}, in percentage points` : 'change in percentage points',
    })),
    data: allDeltas(sweeps),
  };
}

/** The paper's slopes, where they are finite. */
export function slopesFigure(sweeps: SweepReport[]): Figure {
  const domain = commonDomain(sweeps.flatMap(sweep => slopeRows(sweep.results)), 1);
  return {
    name: 'slopes',
    title: 'How many times more is right with two neighbours fewer',
    caption: `The slopes of section 4.1, Sⱼ = accuracy at K = j divided by accuracy at K = j + 2; every point is one shuffle. ${boxCaption}`
      + 'Right of the line at 1 accuracy rises as K falls. Slopes whose denominator is 0, as that of every fail and adversarial set at '
      + 'K = Z is by construction, are infinite and not drawn: the table of slopes counts them.',
    description: describe(sweeps, sweep => `Box plots of slopes. Medians: ${list(slopeRows(sweep.results).map(row => `${row.name} ${number(row.summary.median)}`))}.`),
    panels: panels(sweeps, sweep => boxPlots(slopeRows(sweep.results), { domain, base: 1, show: number, label: () => 'slope' })),
    data: slopes(sweeps),
  };
}

/** The p-values of slopes (paper, Fig. 9). */
export function slopeTestsFigure(sweeps: SweepReport[]): Figure {
  const marks = sweeps.flatMap(sweep => slopeMarksOf(sweep.results));
  const domain = pDomain(marks.map(mark => mark.p));
  return {
    name: 'p-values-of-slopes',
    title: 'Do the slopes of adversarial and fail sets differ?',
    caption: 'p-values of the tests that the slopes of an attack’s examples differ from those of the fail set; the further left, the less '
      + 'likely by chance. Circles are Welch’s test, the paper’s; diamonds the paired t-test. Outlines are single tests, filled marks are '
      + 'corrected by Holm’s method. Left of the dashed lines a test is significant at 95% and 99% confidence. Which set has the larger '
      + 'slope the tables say. It shows what the paper’s Fig. 9 shows, whose values the paper does not print.',
    description: describe(sweeps, sweep => `Holm-corrected p-values of Welch's test: ${list((sweep.results.knn?.slopeComparisons ?? []).flatMap(test =>
      test.welchHolm === null ? [] : [`S${test.j} ${rowOf(test)} ${pValue(test.welchHolm)}`]))}.`),
    panels: panels(sweeps, sweep => {
      const own = slopeMarksOf(sweep.results);
      return pValues(own, [...new Set(own.map(mark => mark.row))], domain);
    }),
    legend: kindLegend(marks),
    data: slopePValues(sweeps),
  };
}

export function testsFigure(sweeps: SweepReport[]): Figure {
  const marks = sweeps.map(sweep => marksOf(sweep.results));
  const domain = pDomain(marks.flat().map(mark => mark.p));
  const table = welchTests(sweeps);
  const paired = pairedTests(sweeps);
  return {
    name: `p-values-${wordingOf(sweeps[0].results).level.toLowerCase()}`,
    title: 'Could the differences be chance?',
    caption: 'p-values of the tests that the changes of an attack’s examples differ from those of the test or the fail set; the '
      + 'further left, the less likely by chance. Circles are Welch’s test, the paper’s; diamonds the paired t-test. Outlines '
      + 'are single tests, filled marks are corrected by Holm’s method for the number of tests. '
      + (marks.flat().some(mark => mark.kind === 'Welch in the paper') ? 'Crosses are what the paper gives, for CIFAR-10. ' : '') + 'Left of the dashed lines a test '
      + 'is significant at 95% and 99% confidence. A small p-value does not say which set gained more: the tables do. The axis '
      + 'is that of the paper’s Fig. 9.',
    description: describe(sweeps, sweep => `Holm-corrected p-values of Welch's test: ${list(sweep.results.comparisons.flatMap(test =>
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
  };
}

export function sensitivityFigure(sweeps: SweepReport[]): Figure {
  const domain = pDomain(sweeps.flatMap(sweep => sensitivityOf(sweep.results, sweep.sensitivity).map(point => point.p)));
  return {
    name: `settling-${wordingOf(sweeps[0].results).level.toLowerCase()}`,
    title: 'Would more shuffles change the answer?',
    caption: 'Holm-corrected p-values of Welch’s test as they would have been after the first so many shuffles; the table names '
      + 'the comparisons. Lines that have settled far from the '
      + 'dashed horizontals, the 95% and 99% levels, would not cross them with a few shuffles more. To stop as soon as a line '
      + 'crosses would be choosing the answer.',
    description: describe(sweeps, sweep => `p-values by number of shuffles, the last after ${sweep.results.shuffles.length} shuffles.`),
    panels: panels(sweeps, sweep => sensitivityCurves(sensitivityOf(sweep.results, sweep.sensitivity), domain)),
    legend: sensitivityLegend([...new Set(sweeps.flatMap(sweep => sweep.results.attacks.map(attack => attack.attack)))]),
    data: perSweep(
      sweeps, 'Holm-corrected p-values of Welch’s test over the first shuffles',
      [{ head: 'shuffles' }, { head: 'attack – set' }, { head: 'p, Holm', numeric: true }],
      sweep => sensitivityOf(sweep.results, sweep.sensitivity).map(point => [
        { value: point.shuffles, text: String(point.shuffles) }, point.row, cell(point.p, pValue),
      ])),
  };
}

export function normsFigure(sweeps: SweepReport[]): Figure {
  const end = Math.max(...sweeps.flatMap(sweep => sweep.norms.map(norm => norm.binWidth * norm.counts.length)));
  const beyond = sweeps.flatMap(sweep => sweep.norms.filter(norm => norm.beyond > 0).map(norm =>
    `${norm.beyond} of ${sweeps.length > 1 ? `${sweep.id}’s ` : ''}${norm.attack}`));
  return {
    name: `norms-${wordingOf(sweeps[0].results).level.toLowerCase()}`,
    title: 'How far the adversarial examples are from the originals',
    caption: 'L2 norms of the successful perturbations of all shuffles. Each histogram has its own height; below it, the thick bar holds '
      + 'the middle half, the thin line the middle nine tenths, the tick is the median. The paper ties small norms to large gains: '
      + 'compare the order of the attacks here with that of their changes. It shows what the paper’s Fig. 13 shows.'
      + (beyond.length > 0 ? ` Not drawn, being further right: ${list(beyond)}.` : ''),
    description: describe(sweeps, sweep => `Median L2 norms: ${list(sweep.norms.map(norm => `${norm.attack} ${norm.quantiles[50].toPrecision(3)}`))}.`),
    panels: panels(sweeps.filter(sweep => sweep.norms.length > 0), sweep => normHistograms(sweep.norms, end)),
    data: normQuantiles(sweeps),
  };
}
