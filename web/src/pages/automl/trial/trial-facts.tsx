import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RankedTrial } from '../../../api/automl-ranking.ts';
import type { AutomlConfig } from '../../../api/automl-rules.ts';
import { runQuery } from '../../../api/run.ts';
import { Fact } from '../../../components/fact.tsx';
import { count } from '../../../components/format.ts';
import { Lasted } from '../../../components/lasted.tsx';
import { Time } from '../../../components/time.tsx';
import type { UrlValues } from '../../../components/url-state.ts';
import { text } from '../../../text/automl-trial.ts';
import { text as words } from '../../../text/automl-words.ts';
import { LongValue } from '../../run/long-value.tsx';
import { PlotView } from './plot-view.tsx';
import { TrialError } from './trial-error.tsx';
import { TrialMetrics } from './trial-metrics.tsx';
import { useTrialPlots } from './use-trial-plots.ts';

interface TrialFactsProps {
  readonly config: AutomlConfig;
  readonly trial: RankedTrial;
  readonly rivals: number;
}

export function TrialFacts({ config, trial, rivals }: TrialFactsProps) {
  const { runId, kind, estimator, framework, started, ended, status, rank } = trial;
  const { data: run } = useQuery(runQuery(runId));
  const { plots, base } = useTrialPlots(runId);
  const params = run?.params.filter(({ key }) => key !== 'refit_of');
  const importance = plots?.find(({ name }) => name === 'importance');
  return (
    <div className="task-facts">
      {status === 'FAILED' && <TrialError trial={trial} />}
      <dl className="page-facts task-pairs">
        <Fact title={text.estimator}>{estimator || (words.frameworks[framework] ?? framework)}</Fact>
        <Fact title={text.kind}>
          {words.kinds[kind]}: <span className="dim">{words.kindsHelp[kind]}</span>
        </Fact>
        {base && (
          <Fact title={text.refitOf}>
            <Link to="." search={((url: UrlValues) => ({ ...url, trial: base.runId })) as never}>
              {base.name}
            </Link>
          </Fact>
        )}
        {rank !== undefined && <Fact title={text.rank}>{text.rankOf(count(rank), count(rivals))}</Fact>}
        <Fact title={text.began}>
          <Time at={started} />
        </Fact>
        {(ended !== undefined || status === 'RUNNING') && (
          <Fact title={text.took}>
            <Lasted from={started} to={ended} />
          </Fact>
        )}
      </dl>
      {run && run.metrics.length > 0 && <TrialMetrics metrics={run.metrics} config={config} />}
      {importance && <PlotView shown={importance} />}
      <section className="page-section" aria-label={text.params}>
        <h2>{text.params}</h2>
        {params?.length === 0 && <p className="dim">{text.noParams}</p>}
        <dl className="page-pairs">
          {params?.map(({ key, value }) => (
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
