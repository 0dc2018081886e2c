import { h } from '../dom';
import type { LiveSweep } from './live';

/** What can be done to a sweep, when it makes sense, and what to ask before. */
const actions: { name: string; title: string; fits: (sweep: LiveSweep) => boolean; question: string | null }[] = [
  { name: 'pause', title: 'Pause', fits: sweep => sweep.isLive && !sweep.isPaused && !sweep.isCancelled, question: null },
  { name: 'resume', title: 'Resume', fits: sweep => sweep.isPaused || sweep.isCancelled, question: null },
  {
    name: 'cancel',
    title: 'Cancel',
    fits: sweep => !sweep.isCancelled && sweep.completed + sweep.failed < sweep.total,
    question: 'Give up what is not done? What is done stays, and resuming takes it up again.',
  },
  { name: 'rerun-failed', title: 'Rerun what failed', fits: sweep => sweep.failed > 0, question: null },
];

/** The secret that allows to act, from the address that the terminal printed; it is not left there to be copied on. */
export function takeToken(): string | null {
  const token = /^#token=([0-9A-Za-z_-]+)$/.exec(location.hash)?.[1] ?? null;
  if (token !== null) {
    history.replaceState(null, '', location.pathname);
  }

  return token;
}

/** Buttons for those who have the token; a word on how to get it for the others. */
export class Actions {
  readonly element: HTMLElement;
  private readonly message = h('span', { role: 'status' });
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private sweep: LiveSweep | null = null;

  constructor(private readonly token: string | null) {
    this.element = h('div', { class: 'tools' });
    if (token === null) {
      this.element.append('Read-only: open the address with #token= that the terminal printed, to pause, resume, cancel or rerun.');
      return;
    }

    for (const { name, title, question } of actions) {
      const button = h('button', { type: 'button', disabled: true, click: () => void this.act(name, question) }, title);
      this.buttons.set(name, button);
      this.element.append(button);
    }

    this.element.append(this.message);
  }

  update(sweep: LiveSweep): void {
    this.sweep = sweep;
    for (const { name, fits } of actions) {
      this.buttons.get(name)?.toggleAttribute('disabled', !fits(sweep));
    }
  }

  private async act(name: string, question: string | null): Promise<void> {
    if (this.sweep === null || question !== null && !confirm(question)) {
      return;
    }

    this.message.textContent = 'Asked …';
    const response = await fetch(`/sweeps/${encodeURIComponent(this.sweep.id)}/${name}`, {
      method: 'POST', headers: { Authorization: `Bearer ${this.token}` },
    });
    this.message.textContent = await response.text();
  }
}
