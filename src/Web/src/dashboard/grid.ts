import { h } from '../dom';
import { count, counted } from '../format';
import { patch } from '../patch';
import { cell, row, table, type Cell } from '../table';
import type { LiveShuffle, LiveSweep } from './live';

/** The phases of a shuffle, with a sign for readers who cannot tell colours. */
const phases: [name: string, sign: string][] = [
  ['planned', ''], ['assigned', '…'], ['training', 'T'], ['finding', 'N'], ['attacking', 'A'], ['evaluating', 'E'], ['completed', '✓'],
  ['failed', '✗'], ['cancelled', '–'],
];

/** Shuffles beyond which cells are small. */
const many = 200;

/** The first word of what a shuffle is doing. */
const phaseOf = (shuffle: LiveShuffle): string => shuffle.doing.split(' ')[0];

const signOf = (phase: string): string => phases.find(([name]) => name === phase)?.[1] ?? '▸';

const columns = [{ head: 'shuffle' }, { head: 'it is' }, { head: 'stages done', numeric: true }];

/**
 * The shuffles of a sweep as a grid of cells, and as a table that can be opened. An update of one shuffle touches only its cell
 * and its row, so that a thousand shuffles are as smooth as ten.
 */
export class ShuffleGrid {
  readonly element: HTMLElement;
  private readonly shuffles = new Map<number, LiveShuffle>();
  private readonly cells = new Map<number, HTMLElement>();
  private readonly rows = new Map<number, HTMLTableRowElement>();
  private readonly counts = h('ul', { class: 'legend' });
  private readonly grid = h('div', { class: 'grid', 'aria-hidden': 'true' });
  private readonly details: HTMLDetailsElement;
  private sweep = '';
  private stages = 1;

  constructor() {
    this.details = h('details', { toggle: () => this.toggleTable() }, h('summary', {}, 'The shuffles as a table'));
    this.element = h('div', {}, this.counts, this.grid, this.details);
  }

  /** The share of all stages that is done, in [0, 1]. */
  get share(): number {
    let done = 0;
    for (const shuffle of this.shuffles.values()) {
      done += shuffle.done;
    }

    return done / (this.stages * this.shuffles.size);
  }

  update(news: LiveSweep, isWhole: boolean): void {
    this.stages = news.stages;
    if (isWhole && (news.id !== this.sweep || news.shuffles.length !== this.shuffles.size)) {
      this.begin(news);
    }

    for (const shuffle of news.shuffles) {
      this.shuffles.set(shuffle.number, shuffle);
      this.showCell(shuffle);
      const shown = this.rows.get(shuffle.number);
      if (shown !== undefined) {
        patch(shown, ...row(columns, this.cellsOf(shuffle)).childNodes);
      }
    }

    this.showCounts();
  }

  /** Begins with another sweep, or one with more shuffles. */
  private begin(news: LiveSweep): void {
    this.sweep = news.id;
    this.shuffles.clear();
    this.cells.clear();
    this.details.open = false;
    this.grid.classList.toggle('dense', news.total > many);
    const cells = news.shuffles.map(({ number }) =>
      h('span', { class: 'cell' }, h('span', { class: 'which' }, String(number)), h('span', { class: 'sign' }), h('span', { class: 'bar' })));
    news.shuffles.forEach(({ number }, i) => this.cells.set(number, cells[i]));
    this.grid.replaceChildren(...cells);
  }

  private showCell(shuffle: LiveShuffle): void {
    const shown = this.cells.get(shuffle.number)!;
    const phase = phaseOf(shuffle);
    shown.title = `Shuffle ${shuffle.number}: ${shuffle.doing}, ${shuffle.done} of ${this.stages} stages done`;
    const [, sign, bar] = shown.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
    if (shown.dataset.phase !== phase) {
      shown.dataset.phase = phase;
      sign.textContent = signOf(phase);
    }

    bar.style.transform = `scaleX(${shuffle.done / this.stages})`;
  }

  private showCounts(): void {
    const counts = Map.groupBy(this.shuffles.values(), phaseOf);
    patch(this.counts, [...counts].sort(([a], [b]) => placeOf(a) - placeOf(b)).map(([phase, all]) => h('li', { 'data-key': phase },
      h('span', { class: 'cell key', 'data-phase': phase, 'aria-hidden': 'true' }, h('span', { class: 'sign' }, signOf(phase))),
      `${count(all.length)} ${phase}`)));
  }

  /** Builds the table while it is open, and removes it when it is closed. */
  private toggleTable(): void {
    this.rows.clear();
    this.details.querySelector('.framed')?.remove();
    if (this.details.open) {
      const shuffles = [...this.shuffles.values()];
      const shown = table({ caption: 'Shuffles', columns, rows: shuffles.map(shuffle => this.cellsOf(shuffle)) });
      shown.querySelectorAll<HTMLTableRowElement>('tbody tr').forEach((each, i) => this.rows.set(shuffles[i].number, each));
      this.details.append(shown);
    }
  }

  private cellsOf(shuffle: LiveShuffle): Cell[] {
    return [
      cell(shuffle.number, String), shuffle.doing,
      { value: shuffle.done, text: `${shuffle.done} of ${counted(this.stages, 'stage')}` },
    ];
  }
}

/** The position of a phase; unknown phases are last. */
const placeOf = (phase: string): number => {
  const place = phases.findIndex(([name]) => name === phase);
  return place < 0 ? phases.length : place;
};
