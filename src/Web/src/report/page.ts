import { slopeRows } from '../charts/boxes';
import { rowOf, slopeMarksOf } from '../charts/pvalues';
import { h, type Child } from '../dom';
import { figures, type Figure } from '../figure';
import { counted, list } from '../format';
import type { Report, SweepReport } from '../model';
import { assignStyles } from '../palette';
import { table } from '../table';
import { header } from '../theme';
import {
  curvesFigure, deltasFigure, normsFigure, sensitivityFigure, shufflesFigure, slopesFigure, slopeTestsFigure, testsFigure, trainTestFigure,
} from './figures';
import { gallery } from './gallery';
import { besideThePaper } from './paper';
import { provenance } from './provenance';
import { question } from './question';
import { filters, slopePairedTests, slopes, slopeWelchTests } from './slopes';
import { attackCounts, changes, pairedTests, welchTests } from './tables';
import { findings } from './wording';

/** The whole report. */
export function reportPage(report: Report): HTMLElement[] {
  const { sweeps } = report;
  assignStyles(sweeps.map(sweep => sweep.results));
  const sections = sectionsOf(report);
  return [
    header(
      sweeps.length === 1 ? `Does fitting harder make it more robust? ${sweeps[0].results.spec.name}` : `${list(sweeps.map(sweep => sweep.results.spec.name))}, side by side`,
      sweeps.map(summary).join('; '),
      sections.map(section => ({ id: section.id, title: section.title }))),
    h('main', { id: 'main', tabindex: -1 }, sections.map(section =>
      h('section', { 'aria-labelledby': section.id }, h('h2', { id: section.id }, section.title), section.content))),
  ];
}

function summary({ id, state, results: { coverage } }: SweepReport): string {
  const failed = coverage.failed.length;
  return `${id}, ${state}: ${coverage.completed.length} of ${counted(coverage.planned, 'shuffle')}${failed > 0 ? `, ${failed} failed` : ''}`;
}

interface Section {
  id: string;
  title: string;
  content: Child;
}

/** The sections in order. What a sweep does not have is left out; each of the paper's two experiments has its own figures and tables. */
function sectionsOf(report: Report): Section[] {
  const { sweeps } = report;
  const measured = sweeps.filter(sweep => sweep.results.shuffles.length > 0);
  const attacked = measured.filter(sweep => sweep.results.comparisons.length > 0);
  const kinds = [measured.filter(sweep => sweep.results.knn === undefined), measured.filter(sweep => sweep.results.knn !== undefined)]
    .filter(kind => kind.length > 0);
  const sections: (Section | false)[] = [
    { id: 'question', title: 'The question', content: question(sweeps) },
    { id: 'answer', title: 'The answer', content: answer(sweeps) },
    measured.length > 0 && { id: 'figures', title: 'Figures', content: figures(kinds.flatMap(figuresOf)) },
    attacked.length > 0 && { id: 'gallery', title: 'Images', content: attacked.map(sweep => gallery(sweep, attacked.length > 1)) },
    measured.length > 0 && { id: 'tables', title: 'Tables', content: kinds.map(tablesOf) },
    attacked.length > 0 && { id: 'paper', title: 'Beside the paper', content: kinds.map(besideThePaper) },
    warningsSection(sweeps),
    { id: 'provenance', title: 'How it was made', content: provenance(report) },
  ];
  return sections.filter(section => section !== false);
}

/** The figures of sweeps of one experiment. */
export function figuresOf(sweeps: SweepReport[]): Figure[] {
  const isKnn = sweeps[0].results.knn !== undefined;
  const tested = sweeps.filter(sweep => sweep.results.comparisons.some(test => test.welchHolm !== null));
  const sensitivity = tested.filter(sweep => sweep.sensitivity.length > 1);
  const normed = sweeps.filter(sweep => sweep.norms.length > 0);
  const sloped = sweeps.filter(sweep => slopeRows(sweep.results).length > 0);
  const slopesTested = sweeps.filter(sweep => slopeMarksOf(sweep.results).length > 0);
  const shown = [
    isKnn && trainTestFigure(sweeps),
    curvesFigure(sweeps),
    shufflesFigure(sweeps),
    sloped.length > 0 && slopesFigure(sloped),
    slopesTested.length > 0 && slopeTestsFigure(slopesTested),
    deltasFigure(sweeps),
    tested.length > 0 && testsFigure(tested),
    sensitivity.length > 0 && sensitivityFigure(sensitivity),
    normed.length > 0 && normsFigure(normed),
  ];
  return shown.filter(figure => figure !== false);
}

/** The tables of sweeps of one experiment. */
export function tablesOf(sweeps: SweepReport[]): Child[] {
  const attacked = sweeps.filter(sweep => sweep.results.comparisons.length > 0);
  const tested = attacked.filter(sweep => sweep.results.comparisons.some(test => test.welch !== null));
  const isKnn = sweeps[0].results.knn !== undefined;
  return [
    table(changes(sweeps)),
    ...attacked.length === 0 ? [] : [
      tested.length > 0 && [table(welchTests(tested)), table(pairedTests(tested))],
      isKnn && [
        table(slopes(attacked)), table(slopeWelchTests(attacked)), table(slopePairedTests(attacked)), table(filters(attacked)),
      ],
      table(attackCounts(attacked)),
    ],
  ];
}

/** The findings that answer the question, then what limits them; the figures and tables tell the rest. */
function answer(sweeps: SweepReport[]): Child {
  return sweeps.map(sweep => h('div', { class: 'answer' },
    sweeps.length > 1 && h('h3', {}, sweep.id),
    h('ul', {}, findings(sweep.results, 'claim', 'regime')),
    h('h3', {}, 'How sure is that?'),
    h('ul', {}, findings(sweep.results, 'caveat', 'coverage')),
    h('details', {}, h('summary', {}, 'Every finding in sentences'), h('ul', {}, findings(sweep.results, 'filter', 'gain', 'comparison', 'norms')))));
}

/** The comparisons that could not be tested, by the reason why. */
const untestable = ({ results }: SweepReport): string[] =>
  [...Map.groupBy(results.comparisons.filter(test => test.welch === null), test => test.welchReason)].map(([reason, tests]) =>
    `${tests.length === results.comparisons.length ? 'No comparison can be tested' : `${list(tests.map(rowOf))} cannot be tested`}: ${reason}.`);

function warningsSection(sweeps: SweepReport[]): Section | false {
  const warnings = sweeps.flatMap(sweep => [
    ...sweep.results.coverage.failed.map(failed => `Shuffle ${failed.shuffle} failed: ${failed.cause}`),
    ...sweep.results.shuffles.flatMap(shuffle => shuffle.note === null ? [] : [`Shuffle ${shuffle.shuffle}: ${shuffle.note}`]),
    ...untestable(sweep),
    ...sweep.warnings,
  ].map(warning => sweeps.length > 1 ? `${sweep.id}: ${warning}` : warning));
  return warnings.length > 0
    && { id: 'warnings', title: 'Failures and warnings', content: h('ul', { class: 'warnings' }, warnings.map(warning => h('li', {}, warning))) };
}
