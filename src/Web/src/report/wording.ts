import { h } from '../dom';
import { sentence } from '../format';
import type { Results } from '../model';

/** The words of one of the paper's two experiments. */
export interface Wording {
  /** The name of the fit level. */
  level: string;
  /** The level at which the subsets are chosen. */
  reference: string;
  /** The range from the reference level to the closest fit, in words. */
  change: string;
  /** The paper's section on the experiment. */
  section: string;
}

export const wordingOf = (results: Results): Wording => results.spec.knn === undefined
  ? { level: 'epoch', reference: 'M', change: 'from M to the last epoch', section: '4.2' }
  : { level: 'K', reference: 'Z', change: `from K = ${results.spec.knn.z} to K = 1`, section: '4.1' };

/** The findings on some topics, topic by topic, as items of a list. */
export const findings = (results: Results, ...topics: string[]): HTMLElement[] => topics.flatMap(topic =>
  results.findings.filter(finding => finding.topic === topic).map(finding => h('li', {}, sentence(finding.text))));
