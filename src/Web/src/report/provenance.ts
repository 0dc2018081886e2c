import { h, type Child } from '../dom';
import { bytes, count, counted, duration, time } from '../format';
import type { Report, SweepReport } from '../model';
import { cell, table } from '../table';

/** The section on provenance: versions, machines, sessions and times. */
export function provenance(report: Report): Child[] {
  const several = report.sweeps.length > 1;
  return [
    h('p', {}, `Report by AdvFit ${report.version}, commit `, h('code', {}, report.commit),
      '. The results are a function of spec, seed and data alone: not of machine, threads or interruptions. ',
      'Times and machines below are what differs from run to run.'),
    report.sweeps.map(sweep => [several && h('h3', {}, sweep.id), facts(sweep), sessions(sweep), stages(sweep)]),
  ];
}

function facts({ id, state, provenance }: SweepReport): HTMLElement {
  const repeated = provenance.attempts.filter(attempts => attempts > 1).length;
  return h('dl', { class: 'facts' },
    fact('sweep', `${id}, ${state}`),
    fact('begun', time(provenance.created)),
    fact('updated', time(provenance.updated)),
    fact('interruptions', count(provenance.interruptions)),
    fact('attempts', repeated === 0 ? 'every shuffle at the first' : `${counted(repeated, 'shuffle')} needed more than one`),
    provenance.files !== null && provenance.bytes !== null
      && fact('files', `${count(provenance.files)}, ${bytes(provenance.bytes)}; advfit show names each with its SHA-256`));
}

const fact = (name: string, value: string): Child => h('div', {}, h('dt', {}, name), h('dd', {}, value));

const sessions = ({ provenance }: SweepReport): HTMLElement => table({
  caption: 'Sessions that worked on it',
  columns: [{ head: 'began' }, { head: 'ended' }, { head: 'AdvFit' }, { head: 'slots', numeric: true }, { head: 'processor' }, { head: 'system' }],
  rows: provenance.sessions.map(session => [
    time(session.began),
    `${session.ending} after ${duration((Date.parse(session.lastActive) - Date.parse(session.began)) / 1000)}`,
    `${session.version}, ${session.commit.slice(0, 12)}`, cell(session.slots, count), session.processor, session.system,
  ]),
});

const stages = ({ provenance }: SweepReport): HTMLElement => table({
  caption: 'Time by stage, over all shuffles and attempts',
  columns: [{ head: 'stage' }, ...['times', 'wall clock', 'processor'].map(head => ({ head, numeric: true }))],
  rows: provenance.stages.map(stage => [
    stage.stage, cell(stage.count, count), cell(stage.wallSeconds, duration), cell(stage.cpuSeconds, duration),
  ]),
});
