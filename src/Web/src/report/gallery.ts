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
  const attacks = sweep.results.spec.attacks.map(attack => attack.label)
    .filter(attack => shown.items.some(item => item.adversarial.some(example => example.attack === attack)));
  return h('div', {},
    heading,
    h('p', {},
      `Of shuffle ${shown.shuffle}, ${attackedOn(sweep, shown)}. Shown is of each class the image that `
      + 'most attacks succeeded with, the first of those in the data set; no eye chose them. After the arrow is what the network takes '
      + 'the adversarial example for. Beside it is its difference from the original about middle grey, magnified as it says. '
      + 'For the screen, pixels are rounded to 8 bits; norms are those of the exact pixels.'),
    h('ul', { class: 'gallery' }, shown.items.map(item => row(item, shown, attacks))));
}

function attackedOn({ results: { knn, spec } }: SweepReport, { shuffle, referenceLevel }: Gallery): string {
  const network = knn?.shuffles.find(each => each.shuffle === shuffle)?.network;
  return network === undefined ? `attacked on the network of epoch M = ${referenceLevel}`
    : `attacked on the network of epoch ${network.epoch}, its best, and kept where ${spec.knn!.z}-NN is fooled too`;
}

/** An attack without an example of the image leaves its place empty: what is below each other is of one attack. */
function row(item: GalleryItem, shown: Gallery, attacks: string[]): HTMLElement {
  return h('li', {},
    set('original', picture(item.original, `Original, ${item.label}, image ${item.index} of the data set`, shown,
      h('strong', {}, item.label), `image ${item.index}`)),
    h('div', { class: 'examples' }, attacks.map(attack => {
      const example = item.adversarial.find(each => each.attack === attack);
      return example === undefined ? gap(shown) : set([swatch(attack), attack],
        picture(example.image, `${attack}: ${item.label} taken for ${example.predicted}, L2 norm ${number(example.l2)}`, shown,
          h('strong', {}, `→ ${example.predicted}`), `L2 ${number(example.l2)}`),
        picture(example.difference, `Difference of ${attack}, magnified ${example.magnification} times`, shown,
          `× ${example.magnification}`, `Linf ${number(example.linf)}`));
    })));
}

/** The place of two pictures. */
function gap(shown: Gallery): HTMLElement {
  const place = h('div', { class: 'gap' });
  place.style.width = `calc(${2 * shown.width * scale(shown)}px + 0.25rem)`;
  return place;
}

const set = (title: Child, ...pictures: HTMLElement[]): HTMLElement =>
  h('div', { class: 'set' }, h('div', { class: 'attack' }, title), h('div', { class: 'pictures' }, pictures));

/** Images are shown about 90 pixels wide, every pixel of theirs a square. */
const scale = (shown: Gallery): number => Math.max(1, Math.round(90 / shown.width));

const picture = (source: string, alt: string, shown: Gallery, ...captions: Child[]): HTMLElement => h('div', { class: 'picture' },
  h('img', { src: source, alt, width: shown.width * scale(shown), height: shown.height * scale(shown) }),
  captions.map(caption => h('div', {}, caption)));
