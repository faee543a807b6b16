/** A search as somebody sees it who looks on: a table that changes on a terminal, lines in a pipe. */
import type { SearchEvents } from '../../automl/engine/events.ts';
import type { FinishedTrial, TrialPlan } from '../../automl/problem.ts';
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { ranked } from '../../protocol/automl-leaderboard.ts';
import type { AutomlPhase, DataProfile } from '../../protocol/automl-record.ts';
import { harmless, painted, terminalOf, type Colour } from '../output/terminal.ts';
import { shown, spanText } from '../output/values.ts';
import { boardLines, type BoardState } from './live-board.ts';
import { standing } from './standing.ts';

interface Shown {
  readonly events: SearchEvents;
  /** Takes away what changes, and says no more. */
  end(): void;
}

const between = 200;
const phaseWords: Readonly<Partial<Record<AutomlPhase, string>>> = {
  searching: 'Searching',
  ensembling: 'Combining the best',
  finishing: 'Scoring the test rows',
};

/** @param inWords a message with the names of options as the user wrote them */
export function showSearch(config: AutomlConfig, inWords: (message: string) => string): Shown {
  const stream = process.stderr;
  const { tty } = terminalOf(stream);
  const trials: FinishedTrial[] = [];
  const running = new Map<number, { plan: TrialPlan; since: number }>();
  const begun = Date.now();
  let [phase, step, failed, deadline] = ['', 'Preparing', 0, 0];
  let drawn = 0;
  let ended = false;

  const up = (): string => (drawn > 0 ? `\u001b[${drawn}A\r` : '');
  const clear = (): void => {
    if (drawn > 0) stream.write(`${up()}\u001b[J`);
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
    // Over what stood there, in one go: it does not flicker. The window may have another width by now.
    const lines = boardLines(state, terminalOf(stream));
    stream.write(`${up()}${lines.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
    drawn = lines.length;
  };
  const timer = tty ? setInterval(draw, between) : undefined;
  const print = (line: string, colour?: Colour): void => {
    if (ended) return;
    clear();
    stream.write(`${painted(harmless(line), colour, terminalOf(stream))}\n`);
  };

  return {
    events: {
      step(text) {
        step = text;
        if (!tty) print(text);
      },
      note: (text) => print(text, 'yellow'),
      begun({ address }) {
        print(`Recorded at ${address}`, 'dim');
        if (tty) print('Ctrl-C ends it with the best model so far.', 'dim');
      },
      phase(now) {
        phase = phaseWords[now] ?? '';
        if (!tty && phase !== '') print(phase);
      },
      deadline(time) {
        if (deadline !== 0) print(`It ends at ${new Date(time).toLocaleTimeString('sv-SE')} now`);
        deadline = time;
      },
      profile(profile) {
        print(sizeText(profile, config.target_col));
        for (const { severity, message } of profile.alerts) {
          print(`! ${inWords(message)}`, severity === 'high' ? 'red' : 'yellow');
        }
      },
      resumed(earlier) {
        trials.push(...earlier);
        const from = earlier.length === 1 ? 'one trial' : `${earlier.length === 0 ? 'no' : earlier.length} trials`;
        print(`It goes on from ${from} with ${spanText(deadline - Date.now())}`, 'dim');
        const [best] = ranked(trials, config);
        if (best && !tty) print(`${best.name}: ${config.primary_metric} ${shown(best.validation)}, the best of before`);
      },
      trialBegan(plan) {
        running.set(plan.number, { plan, since: Date.now() });
      },
      trialEnded(end) {
        running.delete(end.plan.number);
        const { name } = end.plan;
        if (end.finished) {
          const { validation, seconds } = end.finished;
          trials.push(end.finished);
          if (tty) return;
          const place = standing(end.finished, trials, config);
          print(`${name}: ${config.primary_metric} ${shown(validation)} in ${spanText(seconds * 1000)}${place}`);
        } else if (!end.cutOff) {
          failed++;
          print(`${name} failed (${end.failure}): ${end.message}`, 'yellow');
        }
      },
    },
    end() {
      ended = true;
      clearInterval(timer);
      clear();
    },
  };
}

/** What is learnt from: rows without a target are left out, and the target is none of what predicts it. */
export function sizeText({ columns, ...profile }: DataProfile, target: string): string {
  const { rows } = profile;
  const kept =
    profile.kind === 'tabular' ? profile.development_rows + profile.test_rows : (profile.sampled_rows ?? profile.rows);
  const features = columns.filter(({ name }) => name !== target);
  const used = features.filter((column) => column.used).length;
  return `${kept === rows ? `${rows} rows` : `${kept} of ${rows} rows`}; ${used} of ${features.length} columns predict ${target}`;
}
