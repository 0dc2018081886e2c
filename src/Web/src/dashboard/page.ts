import { trainingCurves } from '../charts/epochs';
import { subsetLegend } from '../charts/plot';
import { h } from '../dom';
import { FigureView, type Figure } from '../figure';
import { count, counted, duration, number, percent, time } from '../format';
import { patch } from '../patch';
import { cell, table } from '../table';
import { header } from '../theme';
import { Actions, takeToken } from './actions';
import { Findings } from './findings';
import { ShuffleGrid } from './grid';
import { Nodes } from './nodes';
import { listen, type LiveAttempt, type LiveSweepSummary, type LiveSweep } from './live';

/** The dashboard: a list of sweeps, and one of them as it runs. */
export class Dashboard {
  readonly elements: HTMLElement[];
  private readonly list = h('ul', { class: 'sweeps' });
  private readonly title = h('h2', { id: 'sweep' }, 'Waiting for the server');
  private readonly overview = h('div', {});
  private readonly errors = h('div', { role: 'alert' });
  private readonly slots = h('div', {});
  private readonly training = h('div', {});
  private readonly findings = new Findings();
  private readonly connection = h('span', { class: 'connection', role: 'status' }, 'Connecting …');
  private readonly grid = new ShuffleGrid();
  private readonly nodes = new Nodes();
  private readonly actions = new Actions(takeToken());
  private readonly found = h('h2', {});
  /** The parts of the page about one sweep. */
  private readonly body = h('div', { hidden: true },
    this.errors, this.overview,
    h('h3', {}, 'Shuffles'), this.grid.element,
    h('div', { class: 'split' }, this.slots, this.training), this.nodes.element,
    this.found, this.findings.element);
  private stop: () => void = () => undefined;
  private curves: FigureView | null = null;
  private listed: LiveSweepSummary[] = [];
  private shown: string | null = null;

  constructor() {
    this.elements = [
      header('AdvFit dashboard', this.connection, []),
      h('main', { id: 'main', class: 'dashboard', tabindex: -1 },
        h('section', { 'aria-label': 'Sweeps' }, this.list),
        h('section', { 'aria-labelledby': 'sweep' }, h('div', { class: 'title' }, this.title, this.actions.element), this.body)),
    ];
    addEventListener('hashchange', () => this.follow());
    if (location.hash === '#main') {
      history.replaceState(null, '', location.pathname);
    }

    this.follow();
  }

  /** Listens for the sweep that the address names. */
  private follow(): void {
    if (location.hash === '#main') {
      // The link that skips the head of the page names no sweep.
      return;
    }

    this.stop();
    const asked = location.hash.length > 1 ? decodeURIComponent(location.hash.slice(1)) : null;
    let place = '';
    this.stop = listen(asked, {
      connection: isOpen => this.showConnection(isOpen ? 'Live' : 'The server does not answer; what is shown may be old. Trying again …', isOpen),
      place: name => {
        place = name;
        this.showConnection(`Live, ${place}`, true);
      },
      trouble: sentence => this.showConnection(
        sentence === null ? `Live again, ${place}` : `${sentence} What is shown may be old. Trying again …`, sentence === null),
      nodes: list => this.nodes.update(list),
      sweeps: list => this.showList(list),
      sweep: (news, isWhole) => this.showSweep(news, isWhole),
    });
  }

  private showConnection(sentence: string, isGood: boolean): void {
    this.connection.textContent = sentence;
    this.connection.classList.toggle('lost', !isGood);
    this.connection.classList.toggle('live', isGood);
  }

  private showList(list: LiveSweepSummary[]): void {
    this.listed = list;
    patch(this.list, list.map(sweep => h('li', { 'data-key': sweep.id },
      h('a', { href: `#${encodeURIComponent(sweep.id)}`, 'aria-current': sweep.id === this.shown && 'true' }, sweep.id),
      h('span', {}, sweep.status),
      meter(sweep.completed / sweep.total),
      h('span', {}, `${count(sweep.completed)} of ${count(sweep.total)}${sweep.failed > 0 ? `, ${count(sweep.failed)} failed` : ''}`))));
    if (list.length === 0) {
      this.body.hidden = true;
      this.title.textContent = 'There are no sweeps yet; start one with advfit run';
    }
  }

  private showSweep(news: LiveSweep, isWhole: boolean): void {
    if (this.shown !== news.id) {
      this.shown = news.id;
      this.showList(this.listed);
    }

    this.body.hidden = false;
    patch(this.title, `${news.name} `, h('span', { class: 'badge' }, news.status));
    document.title = `${news.completed}/${news.total} ${news.name}: AdvFit`;
    this.actions.update(news);
    this.grid.update(news, isWhole);
    patch(this.overview, overview(news, this.grid.share));
    patch(this.errors, errors(news));
    patch(this.slots, slots(news));
    this.showTraining(news);
    patch(this.found, news.completed === news.total ? 'What it found' : 'What it found so far');
    this.findings.follow(news.id, news.completed);
  }

  private showTraining(news: LiveSweep): void {
    const trained = news.slots.filter(slot => slot.testAccuracy.length > 0);
    if (trained.length === 0) {
      this.curves = null;
      this.training.replaceChildren();
    } else if (this.curves === null) {
      this.curves = new FigureView(trainingFigure(trained, news.epochs), null);
      this.training.replaceChildren(this.curves.element);
    } else {
      this.curves.show(trainingFigure(trained, news.epochs), null);
    }
  }
}

const tile = (name: string, value: string): HTMLElement => h('div', {}, h('dt', {}, name), h('dd', {}, value));

/** A progress bar, beside words that say the same. */
function meter(share: number): HTMLElement {
  const bar = h('span', { class: 'bar' });
  bar.style.transform = `scaleX(${share})`;
  return h('span', { class: 'meter', 'aria-hidden': 'true' }, bar);
}

function overview(news: LiveSweep, share: number): HTMLElement[] {
  const isDone = news.completed + news.failed + news.cancelled === news.total;
  return [
    meter(share),
    h('dl', { class: 'tiles' },
      tile('shuffles completed', `${count(news.completed)} of ${count(news.total)}`),
      tile('of the stages', percent(share)),
      tile('failed', count(news.failed)),
      tile('time left', isDone ? 'none'
        : !news.isLive ? 'nobody works on it'
        : news.secondsLeft === null ? 'not known yet' : `about ${roughly(news.secondsLeft)}${news.isPaused ? ' once resumed' : ''}`)),
    h('p', { class: 'fine note' },
      `${news.id}, begun ${time(news.created)}, last news ${time(news.updated)}. `,
      news.session !== null && `${news.isLive ? 'At work' : 'At work last'}: ${news.session.machine}, ${counted(news.session.slots, 'slot')}.`),
  ];
}

/** An estimate has no tenths of seconds. */
const roughly = (seconds: number): string => duration(Math.max(Math.round(seconds), 1));

/** Most errors shown. */
const mostErrors = 20;

const errors = (news: LiveSweep): HTMLElement[] => news.errors.length === 0 ? [] : [
  h('h3', {}, counted(news.errors.length, 'shuffle') + ' in trouble'),
  h('ul', { class: 'warnings' },
    news.errors.slice(0, mostErrors).map(error =>
      h('li', {}, h('strong', {}, `Shuffle ${error.shuffle}, attempt ${error.attempt}: `), error.cause, ' ', error.remedy)),
    news.errors.length > mostErrors && h('li', {}, `and ${counted(news.errors.length - mostErrors, 'shuffle')} more; advfit show lists all`)),
];

const hasNodes = (news: LiveSweep): boolean => news.slots.some(slot => slot.node !== null);

const slots = (news: LiveSweep): HTMLElement[] => news.slots.length === 0 ? [] : [
  h('h3', {}, 'Slots'),
  table({
    caption: 'Shuffles at work',
    columns: [
      { head: 'shuffle' }, ...hasNodes(news) ? [{ head: 'node' }] : [], { head: 'it is' },
      ...['test accuracy', 'time left', 'epochs per minute', 'loss', 'attempt'].map(head => ({ head, numeric: true })),
    ],
    rows: news.slots.map(slot => [
      { value: slot.shuffle, text: String(slot.shuffle) }, ...hasNodes(news) ? [slot.node] : [], slot.doing,
      cell(slot.testAccuracy.at(-1), percent), cell(slot.secondsLeft, roughly), cell(slot.epochsPerMinute, number), cell(slot.loss, number), cell(slot.attempt, count),
    ]),
  }),
];

function trainingFigure(slots: LiveAttempt[], epochs: number): Figure {
  return {
    name: 'growing',
    title: 'Training now',
    caption: 'Accuracy on train and test samples after each epoch, of each shuffle at work; # is its number.',
    description: slots.map(slot => `Shuffle ${slot.shuffle}: test accuracy ${percent(slot.testAccuracy.at(-1)!)} after epoch ${slot.testAccuracy.length}.`).join(' '),
    panels: [{ heading: null, draw: trainingCurves(slots, epochs) }],
    legend: subsetLegend(['train', 'test']),
    data: {
      caption: 'Accuracy by epoch',
      columns: [{ head: 'shuffle' }, ...['epoch', 'train', 'test'].map(head => ({ head, numeric: true }))],
      rows: slots.flatMap(slot => slot.testAccuracy.map((accuracy, i) => [
        { value: slot.shuffle, text: String(slot.shuffle) }, cell(i + 1, String), cell(slot.trainAccuracy[i], percent), cell(accuracy, percent),
      ])),
    },
  };
}
