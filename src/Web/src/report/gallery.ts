import { h, type Child } from '../dom';
import { number } from '../format';
import type { Gallery, GalleryItem, SweepReport } from '../model';
import { swatch } from '../palette';

/** Originals, adversarial examples and magnified differences (paper, Figs. 4 and 5). */
export function gallery(sweep: SweepReport, named: boolean): HTMLElement {
  const heading = named && h('h3', {}, sweep.id);
  if (sweep.gallery === null) {
    return h('div', {}, heading, h('p', { class: 'note' }, sweep.galleryReason));
  }

  const shown = sweep.gallery;
  return h('div', {},
    heading,
    h('p', {},
      `Of shuffle ${shown.shuffle}, attacked on the network of epoch M = ${shown.referenceLevel}. Shown is of each class the image that `
      + 'most attacks succeeded with, the first of those in the data set; no eye chose them. After the arrow is what the network takes '
      + 'the adversarial example for. Beside it is its difference from the original about middle grey, magnified as it says. '
      + 'For the screen, pixels are rounded to 8 bits; norms are those of the exact pixels.'),
    h('ul', { class: 'gallery' }, shown.items.map(item => row(item, shown))));
}

function row(item: GalleryItem, shown: Gallery): HTMLElement {
  return h('li', {},
    set('original', picture(item.original, `Original, ${item.label}, image ${item.index} of the data set`, shown,
      h('strong', {}, item.label), `image ${item.index}`)),
    item.adversarial.map(example => set([swatch(example.attack), example.attack],
      picture(example.image, `${example.attack}: ${item.label} taken for ${example.predicted}, L2 norm ${number(example.l2)}`, shown,
        h('strong', {}, `→ ${example.predicted}`), `L2 ${number(example.l2)}`),
      picture(example.difference, `Difference of ${example.attack}, magnified ${example.magnification} times`, shown,
        `× ${example.magnification}`, `Linf ${number(example.linf)}`))));
}

const set = (title: Child, ...pictures: HTMLElement[]): HTMLElement =>
  h('div', { class: 'set' }, h('div', { class: 'attack' }, title), h('div', { class: 'pictures' }, pictures));

/** Images are shown about 90 pixels wide, every pixel of theirs a square. */
function picture(source: string, alt: string, shown: Gallery, ...captions: Child[]): HTMLElement {
  const scale = Math.max(1, Math.round(90 / shown.width));
  return h('div', { class: 'picture' },
    h('img', { src: source, alt, width: shown.width * scale, height: shown.height * scale }),
    captions.map(caption => h('div', {}, caption)));
}
