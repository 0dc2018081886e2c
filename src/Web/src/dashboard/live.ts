/** The data of the dashboard's events; src/Dashboard/LiveSweep.cs and LiveNode.cs describe the fields. */

export interface LiveSweepSummary {
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
  slots: LiveAttempt[];
  errors: { shuffle: number; attempt: number; cause: string; remedy: string }[];
}

export interface LiveShuffle {
  number: number;
  status: string;
  doing: string;
  done: number;
}

export interface LiveAttempt {
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
  working: LiveNodeSlot[];
}

export interface LiveNodeSlot {
  sweep: string;
  shuffle: number;
  attempt: number;
  doing: string;
  fraction: number;
}

/** Receives the events of the dashboard's server. */
export interface Listener {
  /** The name of the source of the sweeps: a folder or an address. */
  place(name: string): void;
  nodes(list: LiveNode[]): void;
  /** Why the data may be old, in a sentence; null once they are current again. */
  trouble(sentence: string | null): void;
  sweeps(list: LiveSweepSummary[]): void;
  /** All shuffles of a sweep if `isWhole`, else those that changed. */
  sweep(news: LiveSweep, isWhole: boolean): void;
  connection(isOpen: boolean): void;
}

/** Listens to the events of a sweep, or of the newest one for null, until the returned function is called. It reconnects by itself. */
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
  source.addEventListener('sweeps', event => listener.sweeps(JSON.parse(event.data as string) as LiveSweepSummary[]));
  source.addEventListener('sweep', event => {
    listener.sweep(JSON.parse(event.data as string) as LiveSweep, isWhole);
    isWhole = false;
  });
  return () => source.close();
}
