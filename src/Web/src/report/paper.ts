import { h, type Child } from '../dom';
import { list, number, percent, points, pValue, range } from '../format';
import type { Comparison, SweepReport } from '../model';
import { framed } from '../table';
import { verdicts } from './tables';

/** A statement of Deniz et al. (2020), and how to say the same of a sweep. */
interface Statement {
  about: string;
  paper: string;
  where: string;
  ours: (sweep: SweepReport) => Child;
}

const comparison = (sweep: SweepReport, attack: string, against: string): Child => {
  const labels = sweep.results.spec.attacks.filter(each => each.attack === attack).map(each => each.label);
  const tests = sweep.results.comparisons.filter(test => labels.includes(test.attack) && test.against === against);
  return tests.length === 0 ? 'not among this sweep’s attacks' : tests.map((test, i) => [i > 0 && '; ', pOf(test, labels.length > 1)]);
};

const pOf = (test: Comparison, named: boolean): Child => test.welch === null
  ? test.welchReason ?? 'no test'
  : [
    named && `${test.attack}: `, 'p = ', h('data', { value: test.welch.pValue }, pValue(test.welch.pValue)),
    ` (difference ${points(test.welch.difference)} points)`,
  ];

const meanNorm = (sweep: SweepReport): string => {
  const norms = sweep.results.attacks.flatMap(attack => attack.l2 === null ? [] : [`${attack.attack} ${number(attack.l2.meanOfMeans)}`]);
  return norms.length === 0 ? 'no successes' : `mean L2: ${list(norms)}`;
};

const deltaOf = (sweep: SweepReport, subset: string): Child => {
  const deltas = sweep.results.subsets.find(each => each.subset === subset)?.deltas;
  return deltas === null || deltas === undefined ? 'not defined' : `${points(deltas.mean)} points from M to the last epoch`;
};

const cnnStatements: Statement[] = [
  {
    about: 'Train accuracy',
    paper: 'always improving',
    where: '4.2, Fig. 11',
    ours: sweep => deltaOf(sweep, 'train'),
  },
  {
    about: 'Epoch of the highest test accuracy, M',
    paper: 'approximately 5 of 35',
    where: '4.2, CIFAR-10',
    ours: sweep => `${range(sweep.results.shuffles.map(shuffle => shuffle.referenceLevel))} of ${sweep.results.levels.at(-1)}`,
  },
  { about: 'Test accuracy after M', paper: 'slowly decreases', where: '4.2', ours: sweep => deltaOf(sweep, 'test') },
  {
    about: 'FGSM against test, Welch’s test', paper: 'p = 4.8e-4, called significant', where: '4.2', ours: sweep => comparison(sweep, 'fgsm', 'test'),
  },
  {
    about: 'DeepFool against test, Welch’s test',
    paper: 'p = 5.7e-2, called significant, which it is not at 95%',
    where: '4.2',
    ours: sweep => comparison(sweep, 'deepfool', 'test'),
  },
  {
    about: 'Adversarial sets against fail',
    paper: 'statistically higher; no p-value given',
    where: '4.2',
    ours: sweep => list(sweep.results.comparisons.filter(test => test.against === 'fail').map(test => `${test.attack} ${verdicts[test.verdict]}`)),
  },
  { about: 'L2 norms', paper: 'lower for DeepFool than for FGSM; no values given', where: '4.2, Fig. 13', ours: meanNorm },
];

/** The mean accuracies of a subset from K = Z to K = 1. */
const curveOf = (sweep: SweepReport, subset: string): string => {
  const curve = sweep.results.subsets.find(each => each.subset === subset)?.meanCurve ?? [];
  return curve.map(point => point.mean === null ? '–' : percent(point.mean)).join(', ');
};

const knnStatements: Statement[] = [
  { about: 'K', paper: '7, 5, 3, 1 (Z = 7)', where: '4.1, Fig. 8', ours: sweep => sweep.results.levels.join(', ') },
  { about: 'Train accuracy as K falls', paper: 'rises: overfitting', where: '4.1, Fig. 7', ours: sweep => curveOf(sweep, 'train') },
  { about: 'Test accuracy as K falls', paper: 'always very stable; near 100% on MNIST', where: '4.1', ours: sweep => curveOf(sweep, 'test') },
  {
    about: 'Which accuracy rises most',
    paper: 'that of the adversarial set',
    where: '4.1, Fig. 8',
    ours: sweep => list([...sweep.results.subsets]
      .filter(subset => subset.subset !== 'train' && subset.deltas !== null)
      .sort((a, b) => b.deltas!.mean - a.deltas!.mean)
      .map(subset => `${subset.subset} ${points(subset.deltas!.mean)} points`)),
  },
  {
    about: 'Slopes of adversarial sets against fail, Welch’s test',
    paper: 'statistically different; p-values drawn, not printed',
    where: '4.1, Fig. 9',
    ours: sweep => (sweep.results.knn?.slopeComparisons ?? []).flatMap((test, i): Child[] => test.welch === null ? [] : [
      i > 0 && '; ', `S${test.j} ${test.attack} p = `, h('data', { value: test.welch.pValue }, pValue(test.welch.pValue)),
      ` (difference ${number(test.welch.difference)})`,
    ]),
  },
  {
    about: 'The slope from K = Z',
    paper: 'not meaningful, since it is infinite',
    where: '4.1',
    ours: sweep => list((sweep.results.knn?.slopes ?? []).filter(slope => slope.byConstruction)
      .map(slope => `S${slope.j} of ${slope.subset}: infinite in ${slope.infinite} of ${slope.finite + slope.infinite + slope.undefined}`)),
  },
];

/** The statements of the paper on one of its experiments beside the sweeps'. */
export const besideThePaper = (sweeps: SweepReport[]): HTMLElement => framed(
  'What Deniz et al. (2020) report, and what is found here',
  h('table', { class: 'prose' },
    h('thead', {}, h('tr', {},
      h('th', { scope: 'col' }, 'about'), h('th', { scope: 'col' }, 'the paper'),
      sweeps.map(sweep => h('th', { scope: 'col' }, sweeps.length > 1 ? sweep.id : 'here')))),
    h('tbody', {}, (sweeps[0].results.knn === undefined ? cnnStatements : knnStatements).map(statement => h('tr', {},
      h('th', { scope: 'row' }, statement.about),
      h('td', {}, statement.paper, h('div', { class: 'fine' }, `section ${statement.where}`)),
      sweeps.map(sweep => h('td', {}, statement.ours(sweep))))))));
