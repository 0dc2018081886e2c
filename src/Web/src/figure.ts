import { h, newId, type Child } from './dom';
import { download, pngFile, standalone, svgFile } from './exports';
import { csv, table, type Table } from './table';

/** A picture at a width in pixels. */
export type Draw = (width: number) => SVGSVGElement;

export interface Figure {
  /** Part of the names of downloaded files. */
  name: string;
  title: string;
  /** How to read it. */
  caption: Child;
  /** What it shows, in a sentence for those who do not see it. */
  description: string;
  /** One per sweep, or one for all; the heading says which where there are several. */
  panels: { heading: string | null; draw: Draw }[];
  legend?: Child;
  data: Table;
}

const exportWidth = 860;
let figures = 0;

/** Numbers the figures anew: a page is built from its start. */
export function restartNumbering(): void {
  figures = 0;
}

/** A figure with its caption, its data as a table, and buttons that save it as CSV, SVG and PNG. */
export function figure(model: Figure): HTMLElement {
  figures++;
  const titleId = newId('figure');
  const canvases = model.panels.map(panel => h('div', { class: 'canvas' }, panel.heading !== null && h('h4', {}, panel.heading)));
  const message = h('span', { role: 'status' });
  canvases.forEach((canvas, i) => drawings.set(canvas, width => put(canvas, width, model.panels[i].draw, model.description)));
  observe(canvases, () => canvases.forEach(canvas => drawings.get(canvas)!(canvas.clientWidth)));
  const save = async (kind: 'CSV' | 'SVG' | 'PNG'): Promise<void> => {
    const name = `advfit-${model.name}.${kind.toLowerCase()}`;
    if (kind === 'CSV') {
      download(name, new Blob([csv(model.data)], { type: 'text/csv' }));
    } else {
      const picture = drawForFile(model);
      download(name, kind === 'SVG' ? svgFile(picture) : await pngFile(picture));
    }

    message.textContent = `Saved ${name}.`;
  };
  const button = (kind: 'CSV' | 'SVG' | 'PNG'): HTMLElement => h('button', {
    type: 'button', 'aria-label': `Save “${model.title}” as ${kind}`, click: () => void save(kind),
  }, kind);
  return h('figure', { id: model.name, 'aria-labelledby': titleId },
    h('h3', { id: titleId }, `Figure ${figures}. ${model.title}`),
    model.legend,
    h('div', { class: canvases.length > 1 ? 'panels' : null }, canvases),
    h('figcaption', {}, model.caption),
    h('div', { class: 'tools' }, h('span', {}, 'Save as'), button('CSV'), button('SVG'), button('PNG'), message),
    h('details', {}, h('summary', {}, `Figure ${figures} as a table`), table(model.data)));
}

/** Draws a picture into its place, at the width that there is. */
function put(canvas: HTMLElement, width: number, draw: Draw, description: string): void {
  const svg = draw(Math.max(Math.floor(width), 240));
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', description);
  canvas.querySelector('svg')?.remove();
  canvas.append(svg);
}

/** How figures are drawn that are in the page. */
const drawings = new WeakMap<Element, (width: number) => void>();

/** Paper has another width than the window: a picture squeezed onto it would be too small to read. */
const paperWidth = 820;

addEventListener('beforeprint', () => {
  for (const canvas of document.querySelectorAll('.canvas')) {
    drawings.get(canvas)?.(canvas.parentElement!.classList.contains('panels') ? (paperWidth - 24) / 2 : paperWidth);
  }
});
addEventListener('afterprint', () => {
  for (const canvas of document.querySelectorAll('.canvas')) {
    drawings.get(canvas)?.(canvas.clientWidth);
  }
});

/** Draws when the places are first seen and whenever their width changes. */
function observe(canvases: HTMLElement[], draw: () => void): void {
  let drawn = 0;
  new ResizeObserver(() => {
    const width = canvases[0].clientWidth;
    if (width > 0 && width !== drawn) {
      drawn = width;
      // Not while the browser is still telling sizes, which drawing changes.
      requestAnimationFrame(draw);
    }
  }).observe(canvases[0]);
}

/** The figure at a fixed width; the style sheet only works on what is in the document. */
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
