/** A search as somebody sees it who looks on: a table that changes on a terminal, lines in a pipe. */
import type { SearchEvents } from '../../automl/engine/events.ts';
import type { FinishedTrial, TrialPlan } from '../../automl/problem.ts';
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { ranked } from '../../protocol/automl-leaderboard.ts';
import type { AutomlPhase } from '../../protocol/automl-record.ts';
import { harmless, painted, terminalOf, type Terminal } from '../output/terminal.ts';
import { spanText } from '../output/values.ts';
import { boardLines, scoreText, type BoardState } from './live-board.ts';

interface Shown {
  readonly events: SearchEvents;
  /** Takes away what changes. */
  end(): void;
}

const between = 200;
const phaseWords: Readonly<Partial<Record<AutomlPhase, string>>> = {
  searching: 'Searching',
  ensembling: 'Combining the best',
  finishing: 'Scoring the test rows',
};

export function showSearch(config: AutomlConfig, terminal: Terminal = terminalOf(process.stderr)): Shown {
  const trials: FinishedTrial[] = [];
  const running = new Map<number, { plan: TrialPlan; since: number }>();
  const begun = Date.now();
  let [phase, step, failed, deadline] = ['', 'Preparing', 0, 0];
  let drawn = 0;

  const clear = (): void => {
    if (drawn > 0) process.stderr.write(`\u001b[${drawn}A\r\u001b[0J`);
    drawn = 0;
  };
  const draw = (): void => {
    const state: BoardState = {
      what: phase || step,
      begun,
      deadline,
      trials: ranked(trials, config),
      failed,
      running: [...running.values()].map(({ plan, since }) => ({ name: plan.name, since })),
      metric: config.primary_metric,
    };
    const lines = boardLines(state, terminal);
    clear();
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
    drawn = lines.length;
  };
  const timer = terminal.tty ? setInterval(draw, between) : undefined;
  const print = (line: string, colour?: 'dim' | 'green' | 'yellow' | 'red'): void => {
    clear();
    process.stderr.write(`${painted(harmless(line), colour, terminal)}\n`);
  };

  return {
    events: {
      step(text) {
        step = text;
        if (!terminal.tty) print(text);
      },
      note: (text) => print(text, 'yellow'),
      begun: ({ address }) => print(`Recorded at ${address}`, 'dim'),
      phase(now) {
        phase = phaseWords[now] ?? '';
        if (!terminal.tty && phase !== '') print(phase);
      },
      deadline(time) {
        if (deadline !== 0) print(`It ends at ${new Date(time).toLocaleTimeString('sv-SE')} now`);
        deadline = time;
      },
      profile({ rows, sampled_rows: sampled, columns, alerts }) {
        const used = columns.filter((column) => column.used).length;
        const part = sampled === undefined ? '' : `, of which ${sampled} are used`;
        print(`${rows} rows${part}; ${used} of ${columns.length} columns predict ${config.target_col}`);
        for (const { severity, message } of alerts) print(`! ${message}`, severity === 'high' ? 'red' : 'yellow');
      },
      trialBegan(plan) {
        running.set(plan.number, { plan, since: Date.now() });
      },
      trialEnded(end) {
        running.delete(end.plan.number);
        const { name } = end.plan;
        if (end.finished) {
          trials.push(end.finished);
          if (terminal.tty) return;
          print(
            `${name}: ${config.primary_metric} ${scoreText(end.finished.validation)} in ${spanText(end.finished.seconds * 1000)}`,
          );
        } else if (!end.cutOff) {
          failed++;
          print(`${name} failed (${end.failure}): ${end.message}`, 'yellow');
        }
      },
      best(trial) {
        if (!terminal.tty) print(`Best so far: ${trial.name}, ${config.primary_metric} ${scoreText(trial.validation)}`);
      },
    },
    end() {
      clearInterval(timer);
      clear();
    },
  };
}
