import { h, type Child } from './dom';

/**
 * Makes an element hold these children by touching only what differs, so that whatever a reader has focused, selected, scrolled or
 * heard read out stays as it is. Elements are matched by their `data-key`, which no two siblings share, and else by their place.
 * Listeners do not move: what has one is made once.
 */
export function patch(parent: Element, ...children: Child[]): void {
  patchChildren(parent, h('div', {}, ...children));
}

function patchChildren(parent: Element, wanted: Element): void {
  const keyed = new Map([...parent.children].flatMap(child => keyOf(child) === null ? [] : [[keyOf(child)!, child]]));
  let place = parent.firstChild;
  for (const want of [...wanted.childNodes]) {
    const found = keyOf(want) === null ? place : keyed.get(keyOf(want)!) ?? null;
    if (found !== null && isAlike(found, want)) {
      if (found === place) {
        place = place.nextSibling;
      } else {
        parent.insertBefore(found, place);
      }

      patchNode(found, want);
    } else {
      parent.insertBefore(want, place);
    }
  }

  while (place !== null) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

const keyOf = (node: Node): string | null => node instanceof HTMLElement ? node.dataset.key ?? null : null;

const isAlike = (one: Node, other: Node): boolean => one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

function patchNode(node: ChildNode, want: Node): void {
  if (!(node instanceof Element && want instanceof Element)) {
    if (node.nodeValue !== want.nodeValue) {
      node.nodeValue = want.nodeValue;
    }

    return;
  }

  for (const { name } of [...node.attributes]) {
    if (!want.hasAttribute(name)) {
      node.removeAttribute(name);
    }
  }

  for (const { name, value } of want.attributes) {
    // Ids are made anew with every element, and what refers to them as well: the first ones stay.
    if (name === 'id' || name === 'aria-labelledby' || node.getAttribute(name) === value) {
      continue;
    }

    if (name === 'style') {
      // The content-security policy refuses it as an attribute.
      (node as HTMLElement).style.cssText = value;
    } else {
      node.setAttribute(name, value);
    }
  }

  patchChildren(node, want);
}
