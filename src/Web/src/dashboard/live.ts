/** What the server tells; src/Dashboard/LiveSweep.cs describes it. */

export interface LiveSummary {
  id: string;
  name: string;
  status: string;
  completed: number;
  failed: number;
  total: number;
}

export interface LiveSweep {
  id: string;
  name: string;
  status: string;
  isLive: boolean;
  isPaused: boolean;
  isCancelled: boolean;
  completed: number;
  failed: number;
  cancelled: number;
  total: number;
  created: string;
  updated: string;
  session: { machine: string; processor: string; slots: number; began: string } | null;
  stages: number;
  epochs: number;
  secondsLeft: number | null;
  shuffles: LiveShuffle[];
  slots: LiveSlot[];
  errors: { shuffle: number; attempt: number; cause: string; remedy: string }[];
}

export interface LiveShuffle {
  number: number;
  status: string;
  doing: string;
  done: number;
}

export interface LiveSlot {
  shuffle: number;
  attempt: number;
  node: string | null;
  doing: string;
  epochsPerMinute: number | null;
  secondsLeft: number | null;
  testAccuracy: number[];
  trainAccuracy: number[];
  loss: number | null;
}

export interface LiveNode {
  name: string;
  status: string;
  slots: number;
  heard: string;
  epochsPerMinute: number | null;
  working: LiveWork[];
}

export interface LiveWork {
  sweep: string;
  shuffle: number;
  attempt: number;
  doing: string;
  fraction: number;
}

/** Is told what the server tells. */
export interface Listener {
  /** Where the sweeps are. */
  place(name: string): void;
  nodes(list: LiveNode[]): void;
  /** Why what is shown may be old, in a sentence; null when it is not any more. */
  trouble(sentence: string | null): void;
  sweeps(list: LiveSummary[]): void;
  /** Everything of a sweep if `isWhole`, else what changed. */
  sweep(news: LiveSweep, isWhole: boolean): void;
  connection(isOpen: boolean): void;
}

/** Listens for a sweep, the newest where none is named, until the returned function is called. Reconnects by itself. */
export function listen(sweep: string | null, listener: Listener): () => void {
  const source = new EventSource(`/events${sweep === null ? '' : `?sweep=${encodeURIComponent(sweep)}`}`);
  let isWhole = true;
  source.addEventListener('open', () => {
    isWhole = true;
    listener.connection(true);
  });
  source.addEventListener('error', () => listener.connection(false));
  source.addEventListener('place', event => listener.place(JSON.parse(event.data as string) as string));
  source.addEventListener('trouble', event => listener.trouble(JSON.parse(event.data as string) as string | null));
  source.addEventListener('nodes', event => listener.nodes(JSON.parse(event.data as string) as LiveNode[]));
  source.addEventListener('sweeps', event => listener.sweeps(JSON.parse(event.data as string) as LiveSummary[]));
  source.addEventListener('sweep', event => {
    listener.sweep(JSON.parse(event.data as string) as LiveSweep, isWhole);
    isWhole = false;
  });
  return () => source.close();
}
