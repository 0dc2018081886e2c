import { h } from '../dom';
import { count, counted } from '../format';
import { table } from '../table';
import type { LiveShuffle, LiveSweep } from './live';

/** The phases that a shuffle passes, with a sign for those who cannot tell colours. */
const phases: [name: string, sign: string][] = [
  ['planned', ''], ['assigned', '…'], ['training', 'T'], ['finding', 'N'], ['attacking', 'A'], ['evaluating', 'E'], ['completed', '✓'],
  ['failed', '✗'], ['cancelled', '–'],
];

/** The first word of what a shuffle is doing. */
const phaseOf = (shuffle: LiveShuffle): string => shuffle.doing.split(' ')[0];

const signOf = (phase: string): string => phases.find(([name]) => name === phase)?.[1] ?? '▸';

/** The shuffles of a sweep as a grid of cells that change one by one, so that a thousand of them stay smooth. */
export class ShuffleGrid {
  readonly element: HTMLElement;
  private readonly shuffles = new Map<number, LiveShuffle>();
  private readonly cells = new Map<number, { cell: HTMLElement; sign: HTMLElement; bar: HTMLElement }>();
  private readonly counts = h('ul', { class: 'legend' });
  private readonly grid = h('div', { class: 'grid', 'aria-hidden': 'true' });
  private readonly details: HTMLDetailsElement;
  private stages = 1;

  constructor() {
    this.details = h('details', { toggle: () => this.drawTable() }, h('summary', {}, 'The shuffles as a table'));
    this.element = h('div', {}, this.counts, this.grid, this.details);
  }

  update(news: LiveSweep, isWhole: boolean): void {
    if (isWhole) {
      this.shuffles.clear();
      this.cells.clear();
      this.grid.replaceChildren();
    }

    this.stages = news.stages;
    this.grid.classList.toggle('dense', news.total > 200);
    for (const shuffle of news.shuffles) {
      this.shuffles.set(shuffle.number, shuffle);
      this.show(shuffle);
    }

    this.count();
    this.drawTable();
  }

  private show(shuffle: LiveShuffle): void {
    let parts = this.cells.get(shuffle.number);
    if (parts === undefined) {
      const [sign, bar] = [h('span', { class: 'sign' }), h('span', { class: 'bar' })];
      parts = { cell: h('span', { class: 'cell' }, h('span', { class: 'which' }, String(shuffle.number)), sign, bar), sign, bar };
      this.cells.set(shuffle.number, parts);
      this.grid.append(parts.cell);
    }

    const phase = phaseOf(shuffle);
    parts.cell.dataset.phase = phase;
    parts.cell.title = `Shuffle ${shuffle.number}: ${shuffle.doing}, ${shuffle.done} of ${this.stages} stages done`;
    parts.sign.textContent = signOf(phase);
    parts.bar.style.width = `${100 * shuffle.done / this.stages}%`;
  }

  private count(): void {
    const counts = new Map<string, number>();
    for (const shuffle of this.shuffles.values()) {
      counts.set(phaseOf(shuffle), (counts.get(phaseOf(shuffle)) ?? 0) + 1);
    }

    this.counts.replaceChildren(...[...counts].map(([phase, many]) => h('li', {},
      h('span', { class: 'cell key', 'data-phase': phase, 'aria-hidden': 'true' }, h('span', { class: 'sign' }, signOf(phase))),
      `${count(many)} ${phase}`)));
  }

  /** Only while somebody looks at it. */
  private drawTable(): void {
    this.details.querySelector('.framed')?.remove();
    if (this.details.open) {
      this.details.append(table({
        caption: 'Shuffles',
        columns: [{ head: 'shuffle' }, { head: 'it is' }, { head: 'stages done', numeric: true }],
        rows: [...this.shuffles.values()].map(shuffle => [
          { value: shuffle.number, text: String(shuffle.number) }, shuffle.doing,
          { value: shuffle.done, text: `${shuffle.done} of ${counted(this.stages, 'stage')}` },
        ]),
      }));
    }
  }
}
