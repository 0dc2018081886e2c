import { h, type Child } from '../dom';
import { count, list } from '../format';
import type { SweepReport } from '../model';
import { framed } from '../table';

/** The settings of the paper's experiments beside a sweep's; null where the paper gives none. */
const settings: { name: string; paper: string | null; of: (sweep: SweepReport) => string }[] = [
  {
    name: 'classifier',
    paper: '4.1: k-NN with Z = 7; 4.2: the network',
    of: ({ results: { spec } }) => spec.knn === undefined
      ? 'the network'
      : `k-NN, Z = ${spec.knn.z}; votes that classes share go to the ${spec.knn.ties} class`
        + (spec.knn.ties === 'smallest' ? ' number' : '’s'),
  },
  {
    name: 'data',
    paper: '4.1: MNIST and CIFAR-10; 4.2: CIFAR-10; all images',
    of: ({ results: { data, spec } }) => (spec.subsample === null
      ? `${data.name}, ${images(data)}`
      : `${data.name}, ${images(spec.subsample)} drawn from ${images(data)}`)
      + (spec.testSize === undefined ? '' : '; the test split is not of the published size')
      + (spec.preprocess === undefined ? ''
        : `; photographs resized (${spec.preprocess.resize}) to squares of ${spec.preprocess.size} pixels, `
          + `${100 * spec.preprocess.crop}% of the shorter side`),
  },
  { name: 'SHA-256 of the images', paper: null, of: sweep => sweep.results.data.sha256 },
  { name: 'network', paper: 'LeNet-5', of: sweep => sweep.results.spec.network },
  {
    name: 'training',
    paper: '4.2: 35 epochs of Adam at 0.003, batches of 32',
    of: ({ results: { spec: { training, knn } } }) =>
      `${training.epochs} epochs of ${optimizers[training.optimizer ?? 'adam'] ?? training.optimizer} at ${training.learningRate}, `
      + `batches of ${training.batchSize}`
      + (training.beta1 === 0.9 && training.beta2 === 0.999 && training.epsilon === 1e-8
        ? '' : `, beta1 ${training.beta1}, beta2 ${training.beta2}, epsilon ${training.epsilon}`)
      + (training.momentum === undefined ? '' : `, ${training.nesterov === true ? 'Nesterov ' : ''}momentum ${training.momentum}`)
      + (training.weightDecay === undefined ? '' : `, weight decay ${training.weightDecay}`)
      + (training.schedule === undefined ? ''
        : training.schedule === 'step' ? `, times ${training.stepFactor} every ${training.stepEpochs} epochs` : `, ${training.schedule} schedule`)
      + (knn === undefined ? '' : knn.choose === 'last' ? '; attacked at the last' : '; attacked at that of the highest test accuracy'),
  },
  {
    name: 'attacks',
    paper: '4.1: all four; 4.2: FGSM and DeepFool',
    of: sweep => list(sweep.attacks.map(attack => attack.title === attack.label ? attack.title : `${attack.title} (${attack.label})`)),
  },
  {
    name: 'shuffles',
    paper: '“a number of times”',
    of: ({ results: { coverage } }) => `${coverage.completed.length} of ${coverage.planned} completed`,
  },
  { name: 'seed', paper: null, of: sweep => String(sweep.results.spec.seed) },
];

const optimizers: Record<string, string> = { adam: 'Adam', sgd: 'SGD', rmsprop: 'RMSprop' };

const images = (sizes: { train: number; test: number }): string => `${count(sizes.train)} train + ${count(sizes.test)} test images`;

/** The section on the question, the settings and the attacks. */
export function question(sweeps: SweepReport[]): Child[] {
  const isKnn = (sweep: SweepReport): boolean => sweep.results.spec.knn !== undefined;
  const attacks = [...new Set(sweeps.flatMap(sweep => sweep.results.spec.attacks.map(attack => attack.label)))];
  return [
    h('p', {}, 'Does fitting harder make a classifier more robust to adversarial examples? Deniz et al. (2020), ',
      h('cite', {}, 'Robustness to adversarial examples can be improved with overfitting'),
      ', say that it does. Each shuffle here splits the images anew into train and test, and repeats their experiment.'),
    sweeps.some(sweep => !isKnn(sweep)) && h('p', {}, 'Of a network (section 4.2): train it far past M, the epoch of its highest test '
      + 'accuracy; at M, make adversarial examples of the test samples that it gets right, and keep those that fool it; then '
      + 'measure at every epoch how much of each set it gets right.'),
    sweeps.some(isKnn) && h('p', {}, 'Of a k-nearest-neighbours classifier (section 4.1), which fits the closer the fewer neighbours vote: train a network '
      + 'and make adversarial examples on it of the test samples that both it and Z-NN get right; keep those that fool the network and Z-NN; '
      + 'then measure how much of each set K-NN gets right for K = Z, Z - 2, .., 1.'),
    h('dl', { class: 'terms' },
      term('train, test', 'the images that the classifier is fitted to, and those held out'),
      term('fail', `the test samples that ${list([
        ...sweeps.some(sweep => !isKnn(sweep)) ? ['the network of epoch M'] : [], ...sweeps.some(isKnn) ? ['Z-NN'] : [],
      ])} gets wrong`),
      attacks.length > 0 && term(list(attacks), 'the adversarial examples of that attack that are kept')),
    settingsTable(sweeps),
    sweeps.map(sweep => sweep.results.data.notes.map(note => h('p', { class: 'note' }, `Note on the data: ${note}.`))),
    sweeps.map(sweep => attacksTable(sweep, sweeps.length > 1)),
  ];
}

const term = (name: string, meaning: string): Child => h('div', {}, h('dt', {}, name), h('dd', {}, meaning));

const settingsTable = (sweeps: SweepReport[]): HTMLElement => framed(
  sweeps.length > 1 ? 'What was asked; rows in which the sweeps differ are marked' : 'What was asked',
  h('table', { class: 'prose' },
    h('thead', {}, h('tr', {},
      h('th', { scope: 'col' }, 'setting'), sweeps.map(sweep => h('th', { scope: 'col' }, sweeps.length > 1 ? sweep.id : 'here')),
      h('th', { scope: 'col' }, 'the paper'))),
    h('tbody', {}, settings.map(setting => {
      const values = sweeps.map(setting.of);
      const differs = new Set(values).size > 1;
      return h('tr', { class: differs ? 'differs' : null },
        h('th', { scope: 'row' }, setting.name, differs && ' (differs)'),
        values.map(value => h('td', { class: /^[0-9a-f]{64}$/.test(value) ? 'hash' : null }, value)),
        h('td', {}, setting.paper ?? h('span', { 'aria-label': 'not given', role: 'img' }, '–')));
    }))));

function attacksTable(sweep: SweepReport, named: boolean): Child {
  if (sweep.attacks.length === 0) {
    return null;
  }

  const title = `The attacks and their parameters${named ? ` in ${sweep.id}` : ''}`;
  return h('details', { open: !named },
    h('summary', {}, title),
    framed(
      'Where an attack and its parameters come from',
      h('table', { class: 'prose' },
        h('thead', {}, h('tr', {}, ['attack', 'parameters', 'their source', 'samples'].map(head => h('th', { scope: 'col' }, head)))),
        h('tbody', {}, sweep.attacks.map((attack, i) => {
          const spec = sweep.results.spec.attacks[i];
          return h('tr', {},
            h('th', { scope: 'row' }, attack.label, h('div', { class: 'fine' }, attack.source)),
            h('td', { class: 'broad' }, h('ul', { class: 'plain' }, attack.parameters.map(parameter => h('li', {},
              h('code', {}, `${parameter.name} = ${setting(parameter.value)}`), ` ${parameter.meaning}`,
              parameter.profileValue !== null && h('strong', {}, ` (the profile has ${setting(parameter.profileValue)})`))))),
            h('td', {}, `profile ${spec.profile}`, attack.profileSource !== null && `: ${attack.profileSource}`),
            h('td', {}, spec.samples === null ? 'every correct test sample' : `at most ${count(spec.samples)} per shuffle`));
        })))));
}

/** A parameter as it is set, not rounded. */
const setting = (value: number): string => Number.isInteger(value) ? count(value) : String(value);
