import { useQuery } from '@tanstack/react-query';
import { profileOf, type Search } from '../../api/automl.ts';
import type { AutomlConfig, DataProfile } from '../../api/automl-rules.ts';
import { Button } from '../../components/button.tsx';
import { Failed, Loading, State } from '../../components/page.tsx';
import { text } from '../../text/automl.ts';
import { AlertList } from './alert-list.tsx';
import { ColumnTable } from './column-table.tsx';
import { DataFacts } from './data-facts.tsx';

interface DataTabProps {
  readonly search: Search;
  readonly config: AutomlConfig;
  readonly running: boolean;
  readonly onNotebook: () => void;
}

/** What the data is like: facts, what is conspicuous, and each column. */
export function DataTab({ search, config, running, onNotebook }: DataTabProps) {
  const { data: profile, error, refetch } = useQuery(profileOf(search.runId));
  if (profile === undefined) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  if (profile === null) return <State title={running ? text.data.notYet : text.data.neverRead} />;
  return (
    <div className="automl-data">
      <div className="automl-data-head">
        <DataFacts config={config} profile={profile} />
        <div>
          <AlertList alerts={profile.alerts} />
          <p className="automl-explore">
            <Button onClick={onNotebook}>{text.data.explore}</Button>
          </p>
        </div>
      </div>
      <ColumnTable columns={profile.columns} target={config.target_col} rows={rowsLookedAt(profile)} />
    </div>
  );
}

/** Those that columns are counted over: of tables without rows that have no target or belong to no part of the split. */
function rowsLookedAt(profile: DataProfile): number {
  return profile.kind === 'tabular' ? profile.development_rows + profile.test_rows : profile.rows;
}
