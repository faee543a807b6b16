import type { LogLine } from '../../api/endpoint-log.ts';
import { text } from '../../text/endpoints.ts';
import { shortUri } from './served.ts';

/** Who wrote a line, as people say. */
export function sourceName(source: string): string {
  return source.startsWith('models:/') ? shortUri(source) : (text.log.sources[source] ?? source);
}

/** A line for each: when, by whom, what. */
export function logText(lines: readonly LogLine[]): string {
  const width = Math.max(0, ...new Set(lines.map(({ source }) => shortUri(source).length)));
  return lines
    .map(({ time, source, text: said }) => `${at(time)} ${shortUri(source).padEnd(width)} ${said}`)
    .join('\n');
}

/** By the reader's own clock, as logs have it. */
function at(time: number): string {
  const here = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return Number.isNaN(here.getTime()) ? String(time) : here.toISOString().slice(0, 23).replace('T', ' ');
}
