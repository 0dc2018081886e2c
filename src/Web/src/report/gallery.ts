import { h, type Child } from '../dom';
import { number } from '../format';
import type { Gallery, GalleryItem, SweepReport } from '../model';
import { look } from '../palette';

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
      `Of shuffle ${shown.shuffle}, attacked on the network of epoch M = ${shown.referenceLevel}; of each class the image that most `
      + 'attacks succeeded with, the first in the data set. No eye chose them. A difference is the adversarial example minus the original about '
      + `middle grey, magnified: ${Object.entries(shown.magnifications).map(([attack, factor]) => `${attack} ${factor} times`).join(', ')}. `
      + 'For the screen pixels are rounded to 8 bits; norms are those of the exact pixels.'),
    h('ul', { class: 'gallery' }, shown.items.map(item => row(item, shown))));
}

function row(item: GalleryItem, shown: Gallery): HTMLElement {
  return h('li', {},
    picture(item.original, `Original, ${item.label}, image ${item.index} of the data set`, shown, h('strong', {}, item.label), 'original'),
    item.adversarial.map(example => h('div', { class: 'pair' },
      picture(example.image, `${example.attack}: ${item.label} taken for ${example.predicted}, L2 norm ${number(example.l2)}`, shown,
        h('strong', {}, `→ ${example.predicted}`),
        h('span', {}, swatch(example.attack), example.attack)),
      picture(example.difference, `Difference of ${example.attack}, magnified ${shown.magnifications[example.attack]} times`, shown,
        `L2 ${number(example.l2)}`, `Linf ${number(example.linf)}`))));
}

function swatch(attack: string): HTMLElement {
  const mark = h('i', { class: 'swatch', 'aria-hidden': 'true' });
  mark.style.background = look(attack).color;
  return mark;
}

/** Images are shown at least 84 pixels wide, every pixel of theirs a square. */
function picture(source: string, alt: string, shown: Gallery, ...captions: Child[]): HTMLElement {
  const scale = Math.max(1, Math.round(84 / shown.width));
  return h('div', { class: 'picture' },
    h('img', { src: source, alt, width: shown.width * scale, height: shown.height * scale }),
    captions.map(caption => h('div', {}, caption)));
}
