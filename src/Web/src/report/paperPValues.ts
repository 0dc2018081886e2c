import type { Comparison, Spec } from '../model';

/** The p-values of Welch's test that section 4.2 of Deniz et al. (2020) gives, on CIFAR-10, for attacks against test. */
const values: Record<string, number> = { fgsm: 4.8e-4, deepfool: 5.7e-2 };

/** The paper's p-value of a comparison; null where it gives none. */
export function paperPValue(spec: Spec, test: Comparison): number | null {
  if (spec.knn !== undefined) {
    return null;
  }

  const attack = spec.attacks.find(each => each.label === test.attack)?.attack;
  return test.against === 'test' && attack !== undefined ? values[attack] ?? null : null;
}
