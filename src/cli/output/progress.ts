/** A bar on the error output while something takes long; nothing where no person looks. */
import { painted, terminalOf } from './terminal.ts';
import { bytesText, spanText } from './values.ts';

export interface Progress {
  /** @param done of the whole, in bytes or points @param all undefined when nobody knows */
  at(done: number, all: number | undefined, what: string): void;
  end(): void;
}

/** What is done sooner needs no bar. */
const patience = 2000;
const between = 100;
const barWidth = 24;

export function startProgress(verb: string, unit: (count: number) => string = bytesText): Progress {
  const terminal = terminalOf(process.stderr);
  const begin = performance.now();
  let drawnAt = begin + patience - between;
  let drawn = false;
  if (!terminal.tty) return { at: () => undefined, end: () => undefined };
  return {
    at(done, all, what) {
      const now = performance.now();
      if (now - drawnAt < between) return;
      drawnAt = now;
      drawn = true;
      const seconds = (now - begin) / 1000;
      const rate = done / seconds;
      const part = all === undefined || all === 0 ? undefined : Math.min(done / all, 1);
      const bar =
        part === undefined
          ? ''
          : ` ${'█'.repeat(Math.round(part * barWidth)).padEnd(barWidth, '░')} ${Math.floor(part * 100)} %`;
      const left =
        part === undefined || rate === 0 || all === undefined ? '' : `, ${spanText(((all - done) / rate) * 1000)} left`;
      const figures = ` ${unit(done)}${all === undefined ? '' : ` of ${unit(all)}`}, ${unit(Math.round(rate))}/s${left}`;
      const room = terminal.width - 1;
      const head = `${verb}${bar}${figures}`.slice(0, room);
      const tail = `  ${what}`.slice(0, Math.max(room - head.length, 0));
      process.stderr.write(`\r\u001b[2K${head}${painted(tail, 'dim', terminal)}`);
    },
    end() {
      if (drawn) process.stderr.write('\r\u001b[2K');
      drawn = false;
    },
  };
}
