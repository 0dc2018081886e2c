import { h, type Child } from '../dom';
import { list, number, points, pValue, range } from '../format';
import type { Comparison, SweepReport } from '../model';
import { framed } from '../table';
import { verdicts } from './tables';

/** What Deniz et al. (2020) report, and how to say the same of a sweep. */
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

/** The paper's statements beside the sweeps'. */
export const besideThePaper = (sweeps: SweepReport[]): HTMLElement => framed(
  'What Deniz et al. (2020) report, and what is found here',
  h('table', { class: 'prose' },
    h('thead', {}, h('tr', {},
      h('th', { scope: 'col' }, 'about'), h('th', { scope: 'col' }, 'the paper'),
      sweeps.map(sweep => h('th', { scope: 'col' }, sweeps.length > 1 ? sweep.id : 'here')))),
    h('tbody', {}, cnnStatements.map(statement => h('tr', {},
      h('th', { scope: 'row' }, statement.about),
      h('td', {}, statement.paper, h('div', { class: 'fine' }, `section ${statement.where}`)),
      sweeps.map(sweep => h('td', {}, statement.ours(sweep))))))));
