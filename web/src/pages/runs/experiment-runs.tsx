import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, type ComponentType, type ReactNode } from 'react';
import { ConnectionFailure } from '../../api/client.ts';
import { experimentQuery, restoreExperiments } from '../../api/experiments.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { Failed, PageTitle, State } from '../../components/page.tsx';
import { showFailure } from '../../components/toast.tsx';
import { useUrlState, type UrlValues } from '../../components/url-state.ts';
import { text as common } from '../../text/common.ts';
import { text as frame } from '../../text/frame.ts';
import { text } from '../../text/runs.ts';
import { ExperimentChoice } from './experiment-choice.tsx';
import { readRunQuery, type RunQuery } from './run-query.ts';
import { withoutWrong, type WrongPart } from './wrong-parts.ts';

export interface RunsViewProps {
  readonly query: RunQuery;
  readonly values: UrlValues;
  /** The values without the parts that were not understood, and these. */
  readonly right: UrlValues;
  readonly wrong: readonly WrongPart[];
  readonly title: ReactNode;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

interface ExperimentRunsProps {
  readonly view: ComponentType<RunsViewProps>;
  readonly words: {
    /** The heading over runs of several experiments. */
    readonly several: (experiments: string) => string;
    /** What the browser's tab says. */
    readonly title: (heading: string) => string;
  };
}

/** The runs of an experiment, or of several (`?experiments=1,2`), by the query of the address: as a table or as charts. */
export function ExperimentRuns({ view: View, words }: ExperimentRunsProps) {
  const { experimentId } = useParams({ strict: false });
  const [values, setValues] = useUrlState();
  const { values: right, wrong } = useMemo(() => withoutWrong(values), [values]);
  const query = useMemo(() => readRunQuery(right, experimentId), [right, experimentId]);
  const experiment = useQuery({ ...experimentQuery(experimentId ?? ''), enabled: experimentId !== undefined });
  if (experiment.error instanceof ConnectionFailure) {
    return <Failed error={experiment.error} onRetry={() => void experiment.refetch()} />;
  }
  if (experiment.error) {
    return (
      <State title={experiment.error.message}>
        <PageTitle title={text.noExperiment}>
          <span className="visually-hidden">{text.noExperiment}</span>
        </PageTitle>
        <Link to="/experiments">{common.home}</Link>
      </State>
    );
  }
  const several = experimentId === undefined;
  if (several && query.experimentIds.length === 0) return <ExperimentChoice onChange={setValues} />;
  const name = several ? words.several(count(query.experimentIds.length)) : (experiment.data?.name ?? '');
  return (
    <>
      {experiment.data?.deleted === true && <DeletedBanner id={experimentId ?? ''} />}
      <View
        key={query.experimentIds.join()}
        query={query}
        values={values}
        right={right}
        wrong={wrong}
        onChange={setValues}
        title={
          <>
            <nav className="breadcrumb" aria-label={text.of}>
              <Link to="/experiments">{frame.experiments}</Link>
              <span aria-hidden="true">/</span>
            </nav>
            <PageTitle title={name === '' ? '' : words.title(name)}>
              <span title={name}>{name}</span>
            </PageTitle>
          </>
        }
      />
    </>
  );
}

function DeletedBanner({ id }: { id: string }) {
  return (
    <div className="banner" role="status">
      {text.experimentDeleted}{' '}
      <Button
        onClick={() => {
          restoreExperiments([id]).catch(showFailure);
        }}
      >
        {common.restore}
      </Button>
    </div>
  );
}
