/** What a command prints: for a person, for a pipe, or as JSON. */
import { jsonOf } from '../../sdk/call.ts';
import { tableText, type Column } from './table.ts';
import { harmless, painted, terminalOf, widthOf, type Colour } from './terminal.ts';
import { piped, shown, type Cell } from './values.ts';

/** A name and its value; a heading when there is none. */
export type Detail = readonly [label: string, cell?: Cell, colour?: Colour | undefined];

export interface Output {
  readonly json: boolean;
  /** The same, in JSON whatever was asked for. */
  readonly asJson: Output;
  /** Rows, and as JSON the list of them. */
  list<T>(rows: readonly T[], columns: readonly Column<T>[], none: string): void;
  /** A thing with what it holds, and as JSON the thing. */
  details(thing: unknown, details: readonly Detail[]): void;
  /** What was done, and as JSON the thing that it was done to. */
  done(thing: unknown, line: string): void;
  /** Rows within details. */
  table<T>(rows: readonly T[], columns: readonly Column<T>[]): void;
  /** A line that is no result: to the error output, and not with JSON. */
  note(line: string): void;
}

export function output(json: boolean): Output {
  const terminal = terminalOf(process.stdout);
  const write = (text: string): void => void process.stdout.write(text);
  const writeJson = (thing: unknown): void => {
    // NaN and infinity as text: JSON has no word for them.
    write(`${JSON.stringify(thing, jsonOf, 2)}\n`);
  };
  return {
    json,
    get asJson() {
      return output(true);
    },
    list(rows, columns, none) {
      if (json) writeJson(rows);
      else if (rows.length === 0) this.note(none);
      else write(tableText(rows, columns, terminal));
    },
    details(thing, details) {
      if (json) {
        writeJson(thing);
        return;
      }
      const shownOnes = details.filter(([, cell, colour]) => cell !== undefined || colour !== undefined);
      const width = Math.max(...shownOnes.map(([label]) => widthOf(harmless(label))));
      for (const [name, cell, colour] of shownOnes) {
        const label = harmless(name);
        if (!terminal.tty) {
          write(`${label}\t${harmless(piped(cell))}\n`);
          continue;
        }
        const pad = ' '.repeat(width - widthOf(label) + 2);
        const when = cell instanceof Date && cell.getTime() > 0 ? `  (${cell.toLocaleString('sv-SE')})` : '';
        const text = painted(harmless(shown(cell)), colour, terminal) + painted(when, 'dim', terminal);
        write(`${painted(label, 'dim', terminal)}${pad}${text}\n`);
      }
    },
    done(thing, line) {
      if (json) writeJson(thing);
      else write(`${harmless(line)}\n`);
    },
    table(rows, columns) {
      if (rows.length > 0) write(`\n${tableText(rows, columns, terminal)}`);
    },
    note(line) {
      if (!json) process.stderr.write(`${harmless(line)}\n`);
    },
  };
}
