import { h } from '../dom';
import type { LiveSweep } from './live';

/** The commands to a sweep, with the condition under which each makes sense, and the question to confirm it. */
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

/** Takes the token out of the page's address, so that it is not copied on with the address. */
export function takeToken(): string | null {
  const token = /^#token=([0-9A-Za-z_-]+)$/.exec(location.hash)?.[1] ?? null;
  if (token !== null) {
    history.replaceState(null, '', location.pathname);
  }

  return token;
}

/** The buttons of the page; without a token, a note on how to get it. */
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
