import type { LastMetric } from '../../../api/run.ts';

export interface FoundMetrics {
  readonly metrics: readonly LastMetric[];
  /** The text is no regular expression; all metrics are shown. */
  readonly bad: boolean;
}

export function findMetrics(metrics: readonly LastMetric[], words: string, regex: boolean): FoundMetrics {
  if (words === '') return { metrics, bad: false };
  if (!regex) {
    const lower = words.toLowerCase();
    return { metrics: metrics.filter(({ key }) => key.toLowerCase().includes(lower)), bad: false };
  }
  try {
    const pattern = new RegExp(words, 'i');
    return { metrics: metrics.filter(({ key }) => pattern.test(key)), bad: false };
  } catch {
    return { metrics, bad: true };
  }
}
