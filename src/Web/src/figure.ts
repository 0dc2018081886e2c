import { h, newId, type Child } from './dom';
import { download, pngFile, standalone, svgFile } from './exports';
import { patch } from './patch';
import { csv, table, type Table } from './table';

/** Draws a picture at a width in pixels. */
export type Draw = (width: number) => SVGSVGElement;

export interface Figure {
  /** Part of the names of downloaded files. */
  name: string;
  title: string;
  /** How to read the figure. */
  caption: Child;
  /** What the figure shows, in a sentence for readers who do not see it. */
  description: string;
  /** One picture per sweep, or one for all; headings name the sweeps where there are several. */
  panels: { heading: string | null; draw: Draw }[];
  legend?: Child;
  data: Table;
}

const exportWidth = 860;

/** Figures in the order of the page, numbered from 1. */
export const figures = (models: Figure[]): HTMLElement[] => models.map((model, i) => new FigureView(model, i + 1).element);

/**
 * A figure with its caption, its data as a table, and buttons that save it as CSV, SVG and PNG. It can be shown anew as data change:
 * what a reader has opened or focused stays.
 */
export class FigureView {
  readonly element: HTMLElement;
  private readonly title: HTMLElement;
  private readonly legend = h('div', {});
  private readonly panels = h('div', {});
  private readonly caption = h('figcaption', {});
  private readonly message = h('span', { role: 'status' });
  private readonly summary = h('summary', {});
  private readonly data = h('details', { toggle: () => this.showData() }, this.summary);
  private canvases: HTMLElement[] = [];
  private model!: Figure;

  /** @param number Its place among the figures of the page; null where it is the only one of its kind. */
  constructor(model: Figure, number: number | null) {
    const id = newId('figure');
    this.title = h('h3', { id });
    const button = (kind: 'CSV' | 'SVG' | 'PNG'): HTMLElement => h('button', {
      type: 'button', 'aria-label': `Save “${model.title}” as ${kind}`, click: () => void this.save(kind),
    }, kind);
    this.element = h('figure', { id: model.name, 'aria-labelledby': id },
      this.title, this.legend, this.panels, this.caption,
      h('div', { class: 'tools' }, h('span', {}, 'Save as'), button('CSV'), button('SVG'), button('PNG'), this.message),
      this.data);
    this.show(model, number);
  }

  /** Shows new data of the same figure. */
  show(model: Figure, number: number | null): void {
    this.model = model;
    const name = number === null ? model.title : `Figure ${number}`;
    patch(this.title, number === null ? model.title : `${name}. ${model.title}`);
    patch(this.legend, model.legend);
    patch(this.caption, model.caption);
    patch(this.summary, `${name} as a table`);
    this.showPanels();
    this.showData();
  }

  private showPanels(): void {
    const { panels } = this.model;
    if (this.canvases.length !== panels.length) {
      this.canvases = panels.map(panel => h('div', { class: 'canvas' }, panel.heading !== null && h('h4', {}, panel.heading)));
      this.panels.className = panels.length > 1 ? 'panels' : '';
      this.panels.replaceChildren(...this.canvases);
      observe(this.canvases);
    }

    this.canvases.forEach((canvas, i) => {
      drawings.set(canvas, width => put(canvas, width, panels[i].draw, this.model.description));
      if (canvas.querySelector('svg') !== null) {
        draw(canvas);
      }
    });
  }

  /** Builds the table only while it is open, for it can have thousands of rows. */
  private showData(): void {
    if (this.data.open) {
      patch(this.data.querySelector('.data') ?? this.data.appendChild(h('div', { class: 'data' })), table(this.model.data));
    } else {
      this.data.querySelector('.data')?.remove();
    }
  }

  private async save(kind: 'CSV' | 'SVG' | 'PNG'): Promise<void> {
    const name = `advfit-${this.model.name}.${kind.toLowerCase()}`;
    if (kind === 'CSV') {
      download(name, new Blob([csv(this.model.data)], { type: 'text/csv' }));
    } else {
      const picture = drawForFile(this.model);
      download(name, kind === 'SVG' ? svgFile(picture) : await pngFile(picture));
    }

    this.message.textContent = `Saved ${name}.`;
  }
}

/** Draws a picture into its place, at a width in pixels. */
function put(canvas: HTMLElement, width: number, draw: Draw, description: string): void {
  const svg = draw(Math.max(Math.floor(width), 240));
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', description);
  canvas.querySelector('svg')?.remove();
  canvas.append(svg);
}

/** The drawing functions of the pictures in the page. */
const drawings = new WeakMap<Element, (width: number) => void>();

const draw = (canvas: Element): void => drawings.get(canvas)?.(canvas.clientWidth);

/** Width for print, in pixels; a picture of the window's width would be squeezed and too small to read. */
const paperWidth = 820;

addEventListener('beforeprint', () => {
  for (const canvas of document.querySelectorAll('.canvas')) {
    drawings.get(canvas)?.(canvas.parentElement!.classList.contains('panels') ? (paperWidth - 24) / 2 : paperWidth);
  }
});
addEventListener('afterprint', () => document.querySelectorAll('.canvas').forEach(draw));

/** Draws the pictures once they are visible, and whenever their width changes. */
function observe(canvases: HTMLElement[]): void {
  let drawn = 0;
  new ResizeObserver(() => {
    const width = canvases[0].clientWidth;
    if (width > 0 && width !== drawn) {
      drawn = width;
      // Not within the observer's callback, for drawing changes sizes.
      requestAnimationFrame(() => canvases.forEach(draw));
    }
  }).observe(canvases[0]);
}

/** Draws a figure at a fixed width, within the document for the style sheet's sake. */
function drawForFile(model: Figure): SVGSVGElement {
  const stage = h('div', { class: 'stage', 'aria-hidden': 'true' });
  document.body.append(stage);
  try {
    const parts = model.panels.map(panel => ({ heading: panel.heading, svg: panel.draw(exportWidth) }));
    stage.append(...parts.map(part => part.svg));
    return standalone(model.title, parts);
  } finally {
    stage.remove();
  }
}
