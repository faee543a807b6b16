/** What is written to: a terminal of some width, or a file or pipe that another program reads. */
import { environment } from '../../sdk/settings.ts';

export interface Terminal {
  readonly tty: boolean;
  readonly width: number;
  readonly colours: boolean;
}

export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue';

const codes: Readonly<Record<Colour, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 };

export function terminalOf(stream: { isTTY?: boolean; columns?: number }): Terminal {
  const tty = stream.isTTY === true;
  const plain = environment('NO_COLOR') !== undefined || environment('TERM') === 'dumb';
  return { tty, width: Math.max(stream.columns || 80, 40), colours: tty && !plain };
}

export function painted(text: string, colour: Colour | undefined, { colours }: Terminal): string {
  return colours && colour !== undefined && text !== '' ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}

/** One line that cannot steer a terminal, whoever wrote the text. */
export function harmless(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

export function widthOf(text: string): number {
  return Bun.stringWidth(text);
}

/** Cut to so many columns, with … at the end of what was longer. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
