import { useQuery } from '@tanstack/react-query';
import type { RankedTrial } from '../../api/automl-ranking.ts';
import { plotsOf } from '../../api/automl-plots.ts';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import { runQuery } from '../../api/run.ts';
import { Fact } from '../../components/fact.tsx';
import { count } from '../../components/format.ts';
import { Lasted } from '../../components/lasted.tsx';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/automl.ts';
import { LongValue } from '../run/long-value.tsx';
import { PlotView } from './plot-view.tsx';
import { TrialError } from './trial-error.tsx';
import { TrialMetrics } from './trial-metrics.tsx';

interface TrialFactsProps {
  readonly config: AutomlConfig;
  readonly trial: RankedTrial;
  readonly rivals: number;
}

export function TrialFacts({ config, trial, rivals }: TrialFactsProps) {
  const { runId, kind, estimator, framework, started, ended, status, rank } = trial;
  const { data: run } = useQuery(runQuery(runId));
  const { data: plots = [] } = useQuery(plotsOf(runId));
  const importance = plots.find(({ name }) => name === 'importance');
  return (
    <div className="task-facts">
      {status === 'FAILED' && <TrialError trial={trial} />}
      <dl className="models-facts task-pairs">
        <Fact title={text.trial.estimator}>{estimator || (text.frameworks[framework] ?? framework)}</Fact>
        <Fact title={text.trial.kind}>
          {text.kinds[kind]}: <span className="dim">{text.kindsHelp[kind]}</span>
        </Fact>
        {rank !== undefined && <Fact title={text.trial.rank}>{text.trial.rankOf(count(rank), count(rivals))}</Fact>}
        <Fact title={text.trial.began}>
          <Time at={started} />
        </Fact>
        {(ended !== undefined || status === 'RUNNING') && (
          <Fact title={text.trial.took}>
            <Lasted from={started} to={ended} />
          </Fact>
        )}
      </dl>
      {run && run.metrics.length > 0 && <TrialMetrics metrics={run.metrics} config={config} />}
      {importance && <PlotView shown={importance} />}
      <section className="models-section" aria-label={text.trial.params}>
        <h2>{text.trial.params}</h2>
        {run?.params.length === 0 && <p className="dim">{text.trial.noParams}</p>}
        <dl className="models-pairs">
          {run?.params.map(({ key, value }) => (
            <div key={key}>
              <dt>
                <code>{key}</code>
              </dt>
              <dd>
                <LongValue name={key} value={value} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
