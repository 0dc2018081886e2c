import { h, type Child } from '../dom';
import { count, counted, number, percent, time } from '../format';
import { patch } from '../patch';
import { cell, table } from '../table';
import type { LiveNode, LiveNodeSlot } from './live';

/** Most nodes shown: first those that are not up, then the others. */
const mostShown = 100;

/** The nodes of a server; empty for a store. */
export class Nodes {
  readonly element = h('div', { class: 'nodes' });

  update(nodes: LiveNode[]): void {
    const shown = [...nodes.filter(node => node.status !== 'up'), ...nodes.filter(node => node.status === 'up')].slice(0, mostShown);
    patch(this.element,
      h('h3', {}, 'Nodes'),
      h('p', {}, summary(nodes), nodes.length > shown.length && ` ${count(shown.length)} of ${count(nodes.length)} are shown.`),
      shown.length > 0 && nodesTable(shown.sort((a, b) => a.name < b.name ? -1 : 1)));
  }
}

function summary(nodes: LiveNode[]): string {
  const at = nodes.filter(node => node.status === 'up' || node.status === 'leaving');
  if (at.length === 0) {
    return 'No node is there; what is submitted waits until one comes.';
  }

  const sum = (value: (node: LiveNode) => number): number => at.reduce((total, node) => total + value(node), 0);
  const rate = sum(node => node.epochsPerMinute ?? 0);
  return `${counted(at.length, 'node')}, ${count(sum(node => node.working.length))} of ${counted(sum(node => node.slots), 'slot')} at work`
    + (rate > 0 ? `, ${number(rate)} epochs per minute.` : '.');
}

const nodesTable = (nodes: LiveNode[]): HTMLElement => table({
  caption: 'What each node does',
  columns: [
    { head: 'node' }, { head: 'it is' }, { head: 'slots at work', numeric: true }, { head: 'epochs per minute', numeric: true },
    { head: 'heard of' }, { head: 'works on' },
  ],
  rows: nodes.map(node => [
    node.name, node.status, { value: node.working.length, text: `${count(node.working.length)} of ${count(node.slots)}` },
    cell(node.epochsPerMinute, number), time(node.heard),
    node.working.length === 0 ? 'nothing' : { value: node.working.map(work).join('; '), text: lines(node.working.map(work)) },
  ]),
});

const work = (slot: LiveNodeSlot): string => `${slot.sweep} shuffle ${slot.shuffle}, ${slot.doing}, ${percent(slot.fraction)}`;

const lines = (texts: string[]): Child => texts.map((text, i) => [i > 0 && h('br'), text]);
