import { h } from '../dom';
import { FigureView, type Figure } from '../figure';
import type { Report, SweepReport } from '../model';
import { assignStyles } from '../palette';
import { patch } from '../patch';
import { figuresOf, tablesOf } from '../report/page';
import { findings } from '../report/wording';

/** The pause between two reports, as a multiple of the time that the last one took: the page is idle most of the time. */
const restPerWork = 9;

/** The shortest pause in milliseconds, after a report and after a failure. */
const [leastRest, restWhenRefused] = [1000, 10_000];

/** Findings, figures and tables of a running sweep, refreshed as shuffles complete but never so often that the page lags. */
export class Findings {
  readonly element = h('div', { id: 'findings' });
  private readonly text = h('div', {});
  private readonly caveats = h('ul', {});
  private readonly limits = h('details', { hidden: true }, h('summary', {}, 'How sure is that?'), this.caveats);
  private readonly drawn = h('div', { class: 'figures' });
  private readonly tables = h('div', {});
  private readonly figures = new Map<string, FigureView>();
  private isBusy = false;
  private sweep: string | null = null;
  private wanted: string | null = null;
  private shown: string | null = null;

  constructor() {
    this.element.append(this.text, this.limits, this.drawn, this.tables);
  }

  /** Shows the findings of a sweep once so many of its shuffles are completed. */
  follow(sweep: string, completed: number): void {
    if (completed === 0) {
      this.begin(sweep, 'No shuffle is completed yet.');
      return;
    }

    if (this.sweep !== sweep || this.wanted === null) {
      this.begin(sweep, 'Reading …');
    }

    this.wanted = `${sweep} ${completed}`;
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.isBusy || this.wanted === this.shown) {
      return;
    }

    this.isBusy = true;
    const [begun, sweep] = [performance.now(), this.sweep!];
    let least = leastRest;
    this.shown = this.wanted;
    try {
      const response = await fetch(`/report?sweep=${encodeURIComponent(sweep)}`);
      if (!response.ok) {
        throw new Error(await response.text());
      }

      const report = await response.json() as Report;
      if (this.sweep === sweep && this.wanted !== null) {
        assignStyles(report.sweeps.map(each => each.results));
        await this.show(report.sweeps[0]);
      }
    } catch (error) {
      // The previous findings stay, for they still hold.
      [this.shown, least] = [null, restWhenRefused];
      patch(this.text, h('p', { class: 'warnings' }, `The findings could not be read: ${(error as Error).message}`));
    }

    setTimeout(() => {
      this.isBusy = false;
      void this.work();
    }, Math.max(restPerWork * (performance.now() - begun), least));
  }

  /** Draws a figure per frame, so that the page stays responsive. */
  private async show(sweep: SweepReport): Promise<void> {
    patch(this.text, h('ul', {}, findings(sweep.results, 'coverage', 'regime', 'claim')));
    patch(this.caveats, findings(sweep.results, 'caveat'));
    this.limits.hidden = this.caveats.childElementCount === 0;
    const models = figuresOf([sweep]);
    for (const [i, model] of models.entries()) {
      const element = this.figure(model, i + 1);
      if (this.drawn.children[i] !== element) {
        this.drawn.insertBefore(element, this.drawn.children[i] ?? null);
      }

      await new Promise(requestAnimationFrame);
      if (this.sweep !== sweep.id || this.wanted === null) {
        return;
      }
    }

    while (this.drawn.children.length > models.length) {
      this.drawn.lastElementChild!.remove();
    }

    patch(this.tables, tablesOf([sweep]));
  }

  private figure(model: Figure, number: number): HTMLElement {
    const present = this.figures.get(model.name);
    if (present !== undefined) {
      present.show(model, number);
      return present.element;
    }

    const made = new FigureView(model, number);
    this.figures.set(model.name, made);
    return made.element;
  }

  /** Clears everything, and shows a sentence instead. */
  private begin(sweep: string, text: string): void {
    [this.sweep, this.wanted, this.shown] = [sweep, null, null];
    patch(this.text, h('p', {}, text));
    this.limits.hidden = true;
    this.figures.clear();
    this.drawn.replaceChildren();
    this.tables.replaceChildren();
  }
}
