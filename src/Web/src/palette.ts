import { h } from './dom';
import type { Results } from './model';

/** The style of a subset in every figure: colour, and dashes and symbol for readers who cannot tell colours. */
export interface SubsetStyle {
  color: string;
  dash: string;
  symbol: 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross' | 'wye';
}

const dashes = ['', '8 3', '2 3', '14 4', '9 3 2 3', '4 3', '9 3 2 3 2 3', '1 2', '16 3 4 3', '6 6'];
const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye'] as const;

/** Names with fixed slots among the colours of the style sheet; other labels get the next slots in order and share its last colours. */
const reserved = ['train', 'test', 'fail', 'fgsm', 'deepfool', 'carlini-wagner', 'hopskipjump'];
const colors = 10;

const taken = new Map<string, number>(reserved.map((name, slot) => [name, slot]));

/** Assigns a slot to every label of these sweeps, whatever the order of the sweeps. */
export function assignStyles(sweeps: Results[]): void {
  const labels = new Set(sweeps.flatMap(sweep => sweep.spec.attacks.map(attack => attack.label)));
  for (const label of [...labels].sort()) {
    if (!taken.has(label)) {
      taken.set(label, taken.size);
    }
  }
}

/** The style of a subset by its name. */
export function styleOf(subset: string): SubsetStyle {
  const slot = taken.get(subset) ?? 0;
  const color = slot < colors ? slot : reserved.length + (slot - reserved.length) % (colors - reserved.length);
  return { color: `var(--subset-${color})`, dash: dashes[slot % dashes.length], symbol: symbols[slot % symbols.length] };
}

/** A small square in the subset's colour, to stand before its name. */
export function swatch(subset: string): HTMLElement {
  const mark = h('i', { class: 'swatch', 'aria-hidden': 'true' });
  mark.style.background = styleOf(subset).color;
  return mark;
}
