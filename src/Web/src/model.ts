/** The data that a page shows; docs/results.md describes `Results`, src/Reporting/Report.cs the rest. */

export interface Report {
  version: string;
  commit: string;
  sweeps: SweepReport[];
}

export interface SweepReport {
  id: string;
  state: string;
  results: Results;
  provenance: Provenance;
  attacks: AttackSource[];
  norms: NormDistribution[];
  sensitivity: SensitivityPoint[];
  gallery: Gallery | null;
  galleryReason: string | null;
  warnings: string[];
}

export interface Interval {
  lower: number;
  upper: number;
}

export interface Results {
  schemaVersion: number;
  spec: Spec;
  data: { name: string; train: number; test: number; sha256: string; notes: string[] };
  significanceLevel: number;
  confidence: number;
  coverage: { planned: number; completed: number[]; failed: { shuffle: number; cause: string }[]; pending: number[] };
  levels: number[];
  shuffles: Shuffle[];
  subsets: Subset[];
  attacks: Attack[];
  comparisons: Comparison[];
  findings: { topic: string; text: string }[];
  /** k-NN sweeps only. */
  knn?: Knn;
}

/** What k-NN sweeps have besides: the paper's slopes S_j = A_j / A_(j+2), and what each filter kept. */
export interface Knn {
  shuffles: {
    shuffle: number;
    network: { epoch: number; testCorrect: number; bothCorrect: number };
    slopes: { subset: string; j: number; kind: string; value: number | null }[];
  }[];
  slopes: {
    subset: string; j: number; byConstruction: boolean; finite: number; infinite: number; undefined: number;
    values: (Summary & { meanInterval: Interval | null }) | null; valuesReason?: string;
  }[];
  filters: {
    attack: string; testSamples: number; knnCorrect: number; bothCorrect: number; attempted: number; fooledNetwork: number;
    fooledKnn: number; keptShare: number | null; l2: Norms | null; linf: Norms | null;
  }[];
  slopeComparisons: (Comparison & { j: number })[];
}

export interface Spec {
  name: string;
  dataset: string;
  subsample: { train: number; test: number } | null;
  /** Of photographs only. */
  preprocess?: { size: number; resize: string; crop: number };
  /** Where it is not the published one. */
  testSize?: number;
  network: string;
  training: { epochs: number; batchSize: number; learningRate: number; beta1: number; beta2: number; epsilon: number; optimizer?: string; momentum?: number; nesterov?: boolean;
    weightDecay?: number; schedule?: string; stepEpochs?: number; stepFactor?: number };
  attacks: { label: string; attack: string; profile: string; parameters: Record<string, number>; samples: number | null }[];
  shuffles: number;
  seed: number;
  /** k-NN sweeps only. */
  knn?: { z: number; ties: string; choose: string };
}

export interface Shuffle {
  shuffle: number;
  referenceLevel: number;
  lastLevel: number;
  note: string | null;
  curves: { subset: string; samples: number; correct: number[]; accuracy: number[] | null; delta: number | null; deltaReason?: string }[];
  attacks: { attack: string; attempted: number; succeeded: number }[];
}

export interface Summary {
  count: number;
  mean: number;
  standardDeviation: number | null;
  minimum: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  maximum: number;
}

export interface Subset {
  subset: string;
  meanCurve: { level: number; shuffles: number; mean: number | null; interval: Interval | null }[];
  deltas: (Summary & { meanInterval: Interval | null }) | null;
  deltasReason?: string;
}

export interface Norms {
  shuffles: number;
  samples: number;
  meanOfMeans: number;
  meanOfMedians: number;
  minimum: number;
  maximum: number;
  pooledMean: number;
  pooledStandardDeviation: number | null;
}

export interface Attack {
  attack: string;
  attempted: number;
  succeeded: number;
  successRate: number | null;
  queries: number;
  gradients: number;
  l2: Norms | null;
  linf: Norms | null;
}

export interface Test {
  statistic: number;
  degreesOfFreedom: number;
  pValue: number;
  differenceInterval: Interval;
}

export interface Comparison {
  attack: string;
  against: string;
  welch: (Test & { difference: number }) | null;
  welchReason?: string;
  welchHolm: number | null;
  paired: (Test & { meanDifference: number; pairs: number }) | null;
  pairedReason?: string;
  pairedHolm: number | null;
  hedgesG: number | null;
  cohensDz: number | null;
  verdict: 'supported' | 'contradicted' | 'notShown' | 'untestable';
  reading: string;
}

export interface Provenance {
  created: string;
  updated: string;
  interruptions: number;
  sessions: {
    began: string; lastActive: string; ending: string; version: string; commit: string; system: string;
    processor: string; slots: number;
  }[];
  stages: { stage: string; count: number; wallSeconds: number; cpuSeconds: number }[];
  attempts: number[];
  files: number | null;
  bytes: number | null;
}

export interface AttackSource {
  label: string;
  title: string;
  source: string;
  profileSource: string | null;
  parameters: { name: string; value: number; meaning: string; profileValue: number | null }[];
}

export interface NormDistribution {
  attack: string;
  samples: number;
  binWidth: number;
  counts: number[];
  beyond: number;
  quantiles: number[];
}

export interface SensitivityPoint {
  shuffles: number;
  comparisons: { welch: number | null; welchHolm: number | null }[];
}

export interface Gallery {
  shuffle: number;
  referenceLevel: number;
  width: number;
  height: number;
  items: GalleryItem[];
}

export interface GalleryItem {
  index: number;
  label: string;
  original: string;
  adversarial: { attack: string; predicted: string; l2: number; linf: number; image: string; difference: string; magnification: number }[];
}
