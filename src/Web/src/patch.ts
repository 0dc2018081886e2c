/**
 * Makes the children of an element like others, and touches only what differs: what a reader has focused, scrolled or selected
 * stays, screen readers are told what is new alone, and a thousand rows of which one changed cost one change.
 */
export function patchChildren(element: Element, wanted: Node[]): void {
  const present = [...element.childNodes];
  wanted.forEach((node, i) => {
    if (i >= present.length) {
      element.append(node);
    } else {
      patch(present[i], node);
    }
  });
  present.slice(wanted.length).forEach(node => node.remove());
}

function patch(present: ChildNode, wanted: Node): void {
  if (present.nodeName !== wanted.nodeName) {
    present.replaceWith(wanted);
  } else if (present instanceof Element && wanted instanceof Element) {
    patchAttributes(present, wanted);
    patchChildren(present, [...wanted.childNodes]);
  } else if (present.nodeValue !== wanted.nodeValue) {
    present.nodeValue = wanted.nodeValue;
  }
}

function patchAttributes(present: Element, wanted: Element): void {
  for (const { name, value } of wanted.attributes) {
    // Names that the page makes up as it goes: those that are there refer to each other already.
    if (name !== 'id' && name !== 'aria-labelledby' && present.getAttribute(name) !== value) {
      present.setAttribute(name, value);
    }
  }

  for (const { name } of [...present.attributes]) {
    if (!wanted.hasAttribute(name)) {
      present.removeAttribute(name);
    }
  }
}
