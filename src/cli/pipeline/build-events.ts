/** A build as somebody sees it who looks on: a line for each task that ends, and below these those that run. */
import type { PipelineRecord, TaskRecord } from '../../protocol/pipeline-record.ts';
import type { BuildOptions } from '../../pipelines/build-pipeline.ts';
import { cut, harmless, painted, terminalOf, type Colour } from '../output/terminal.ts';
import { spanText } from '../output/values.ts';

type Events = BuildOptions['events'];

interface Shown {
  readonly events: Events;
  note(line: string): void;
  end(): void;
}

const looks: Readonly<Record<TaskRecord['state'], readonly [mark: string, colour: Colour]>> = {
  waiting: ['·', 'dim'],
  running: ['▸', 'blue'],
  executed: ['✓', 'green'],
  skipped: ['–', 'dim'],
  failed: ['✗', 'red'],
  blocked: ['⊘', 'yellow'],
};
const between = 100;

export function showBuild(): Shown {
  const terminal = terminalOf(process.stderr);
  const running = new Map<string, TaskRecord>();
  const halves = new Map<string, string>();
  let drawn = 0;
  let wanted = { done: 0, all: 0 };

  const clear = (): void => {
    if (drawn > 0) process.stderr.write(`\u001b[${drawn}A\r\u001b[0J`);
    drawn = 0;
  };
  const draw = (): void => {
    if (!terminal.tty || running.size === 0) return;
    clear();
    const rows = [...running.values()].map(({ name, started = Date.now() }) => {
      const line = cut(`▸ ${harmless(name)}  ${spanText(Date.now() - started)}`, terminal.width - 1);
      return painted(line, 'blue', terminal);
    });
    rows.push(painted(`  ${wanted.done} of ${wanted.all} done`, 'dim', terminal));
    process.stderr.write(`${rows.join('\n')}\n`);
    drawn = rows.length;
  };
  const timer = terminal.tty ? setInterval(draw, between) : undefined;
  const print = (line: string): void => {
    clear();
    process.stderr.write(`${line}\n`);
    draw();
  };
  /** Whole lines, so that those of two tasks do not mix. */
  const outputOf = (name: string, text: string): void => {
    const lines = `${halves.get(name) ?? ''}${text}`.split('\n');
    halves.set(name, lines.pop() ?? '');
    if (lines.length === 0) return;
    const head = painted(`${harmless(name)} │ `, 'dim', terminal);
    // Of a progress bar, which goes back to the start of its line, the last state.
    print(lines.map((line) => head + harmless(line.replace(/\r+$/, '').split('\r').at(-1) ?? '')).join('\n'));
  };
  const flush = (name: string): void => {
    if (halves.get(name)) outputOf(name, '\n');
    halves.delete(name);
  };

  return {
    events: {
      planned({ tasks }: PipelineRecord) {
        const all = tasks.filter(({ state }) => state === 'waiting').length;
        wanted = { done: 0, all };
        const skipped = tasks.length - all;
        const rest = skipped === 0 ? '' : `, ${skipped} up to date`;
        print(`Building ${all} ${all === 1 ? 'task' : 'tasks'}${rest}`);
      },
      began(task) {
        running.set(task.name, task);
        if (!terminal.tty) print(`${harmless(task.name)}: begins (${harmless(task.reason)})`);
        draw();
      },
      output: outputOf,
      ended(task) {
        flush(task.name);
        running.delete(task.name);
        wanted.done++;
        print(endLine(task));
      },
    },
    note: (line) => print(harmless(line)),
    end() {
      clearInterval(timer);
      for (const name of halves.keys()) flush(name);
      clear();
    },
  };

  function endLine({ name, state, reason, started, ended }: TaskRecord): string {
    const [mark, colour] = looks[state];
    const time = started === undefined || ended === undefined ? '' : ` in ${spanText(ended - started)}`;
    if (!terminal.tty) {
      const what =
        state === 'blocked' ? `not run, ${reason}` : state === 'executed' ? `done${time}` : `${state}${time}`;
      return `${harmless(name)}: ${harmless(what)}`;
    }
    const about =
      state === 'blocked'
        ? `not run, ${reason}`
        : `${time.replace(' in ', '')}  ${state === 'executed' ? reason : state}`;
    return `${painted(mark, colour, terminal)} ${harmless(name)}  ${painted(harmless(about), 'dim', terminal)}`;
  }
}
