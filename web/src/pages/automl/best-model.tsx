import { useQuery } from '@tanstack/react-query';
import type { Search } from '../../api/automl.ts';
import type { RankedTrial } from '../../api/automl-ranking.ts';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import { surroundingsQuery } from '../../api/run.ts';
import { count, shortNumber } from '../../components/format.ts';
import { Icon } from '../../components/icon.tsx';
import { Lasted } from '../../components/lasted.tsx';
import { text as words } from '../../text/automl-words.ts';
import { text } from '../../text/automl.ts';
import { RegisteredLink } from './registered-link.tsx';

interface BestModelProps {
  readonly search: Search;
  readonly config: AutomlConfig;
  readonly trials: readonly RankedTrial[];
  readonly best: RankedTrial | undefined;
  readonly running: boolean;
  readonly onChoose: (runId: string) => void;
}

/** How good the best model is, and how many were tried for it. */
export function BestModel({ search, config, trials, best, running, onChoose }: BestModelProps) {
  const metric = words.metrics[config.primary_metric];
  const number = (status: RankedTrial['status'][]): number =>
    trials.filter((trial) => status.includes(trial.status)).length;
  const tally = [
    [number(['FINISHED']), text.tallies.finished],
    [number(['RUNNING', 'SCHEDULED']), text.tallies.running],
    [number(['FAILED']), text.tallies.failed],
    [number(['KILLED']), text.tallies.killed],
  ] as const;
  return (
    <section className="automl-best-model" aria-label={running ? text.best.title : text.best.titleOver}>
      <h2>{text.head.of(words.problems[config.problem_type], config.target_col)}</h2>
      {best?.validation === undefined ? (
        <p className="dim">{text.best.none}</p>
      ) : (
        <>
          <p className="automl-figures">
            <span>
              <strong title={String(best.validation)}>{shortNumber(best.validation)}</strong>
              <span className="dim">
                {metric} {text.best.validation}
              </span>
            </span>
            {best.test !== undefined && (
              <span>
                <strong title={String(best.test)}>{shortNumber(best.test)}</strong>
                <span className="dim">
                  {metric} {text.best.test}
                </span>
              </span>
            )}
          </p>
          <p>
            <button
              type="button"
              className="link-button"
              aria-label={text.best.show(best.name)}
              onClick={() => {
                onChoose(best.runId);
              }}
            >
              {best.name}
            </button>{' '}
            <span className="dim">{best.estimator}</span>
          </p>
        </>
      )}
      <p className="dim" role="status">
        {text.facts.trials}:{' '}
        {text.tally(tally.flatMap(([some, word]) => (some > 0 ? [[count(some), word] as const] : []))) || '0'}
      </p>
      <RunningTrials trials={trials} onChoose={onChoose} />
      <Registered search={search} best={best} />
    </section>
  );
}

/** What is tried just now. */
function RunningTrials({ trials, onChoose }: Pick<BestModelProps, 'trials' | 'onChoose'>) {
  const running = trials.filter(({ status }) => status === 'RUNNING');
  if (running.length === 0) return null;
  return (
    <ul className="automl-running" aria-label={text.trials.running}>
      {running.map(({ runId, name, started }) => (
        <li key={runId}>
          <span className="status running">
            <Icon name="running" />
          </span>
          <button
            type="button"
            className="link-button ellipsis"
            onClick={() => {
              onChoose(runId);
            }}
          >
            {name}
          </button>
          <span className="dim number">
            <Lasted from={started} to={undefined} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Registered({ search, best }: { search: Search; best: RankedTrial | undefined }) {
  const around = useQuery({ ...surroundingsQuery(best?.runId ?? ''), enabled: best !== undefined });
  const own = (around.data?.versions ?? []).map(({ name = '', version = '' }) => `${name}/${version}`);
  const all = [...new Set([...(search.registered === undefined ? [] : [search.registered]), ...own])];
  if (all.length === 0) return null;
  return (
    <p>
      <span className="dim">{text.facts.registered}</span>{' '}
      {all.map((one) => (
        <RegisteredLink key={one} registered={one} />
      ))}
    </p>
  );
}
