import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { prefix } from '../../api/client.ts';
import { text } from '../../text/runs.ts';
import { MissingKeys } from './missing-keys.tsx';
import type { RunQuery } from './run-query.ts';

/** Nothing to show, why, and one next step. */
export function NoRuns({ query, onClear }: { query: RunQuery; onClear: () => void }) {
  const [, setUrl] = useUrlState();
  if (query.filter !== '' || query.words !== '') {
    return (
      <State title={text.noMatchTitle}>
        <MissingKeys query={query} />
        <Button onClick={onClear}>{text.clearFilter}</Button>
      </State>
    );
  }
  if (query.deleted) return <State title={text.emptyDeleted} />;
  const code = [
    'import mlflow',
    '',
    `mlflow.set_tracking_uri("${location.origin}${prefix}")`,
    `with mlflow.start_run(experiment_id="${query.experimentIds[0] ?? '0'}"):`,
    '    mlflow.log_metric("loss", 0.1)',
  ].join('\n');
  return (
    <State title={text.emptyTitle}>
      <p className="dim">{text.emptyHint}</p>
      <pre>{code}</pre>
      <CopyButton value={code} />
      <Button
        kind="quiet"
        onClick={() => {
          setUrl({ view: 'deleted' });
        }}
      >
        {text.seeDeleted}
      </Button>
    </State>
  );
}
