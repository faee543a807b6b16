/** The things that were looked at last in this browser, for the palette. Only their address and title are kept. */
import { prefix } from '../api/client.ts';
import { text } from '../text/common.ts';

export interface RecentPage {
  readonly path: string;
  readonly title: string;
}

const key = 'modelyard.recent';
const most = 12;
/** Of an experiment, a run, a model, a version, an endpoint, a job, a pipeline or a search; lists are one key away anyway. */
const things =
  /^\/(?:experiments\/[^/]+\/(?:charts|runs(?:\/[^/]+)?)|models\/[^/]+(?:\/versions\/[^/]+)?|endpoints\/[^/]+|jobs\/(?!new$)[^/]+|pipelines\/[^/]+\/[^/]+|automl\/(?!new$)[^/]+)$/;

export function recentPages(): RecentPage[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPage) : [];
  } catch {
    return [];
  }
}

function isPage(value: unknown): value is RecentPage {
  const { path, title } = (value ?? {}) as Partial<RecentPage>;
  return typeof path === 'string' && things.test(path) && typeof title === 'string';
}

/** A page is noted when it sets the title: then it knows what it shows. */
export function rememberPages(): () => void {
  const note = (): void => {
    const path = location.pathname.slice(prefix.length);
    const title = document.title.replace(` - ${text.product}`, '');
    if (!things.test(path) || title === text.product || title === '') return;
    const others = recentPages().filter((page) => page.path !== path);
    localStorage.setItem(key, JSON.stringify([{ path, title }, ...others].slice(0, most)));
  };
  note();
  const observer = new MutationObserver(note);
  const title = document.querySelector('title');
  if (title) observer.observe(title, { childList: true, characterData: true, subtree: true });
  return () => {
    observer.disconnect();
  };
}
