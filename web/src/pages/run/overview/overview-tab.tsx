/** What a run is: its numbers at the left, what stands around it at the right. */
import { useDeferredValue } from 'react';
import { changeTag, type RunDetail } from '../../../api/run.ts';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import { About } from './about.tsx';
import { Datasets } from './datasets.tsx';
import { Description } from './description.tsx';
import { Family } from './family.tsx';
import { FilterBar } from './filter-bar.tsx';
import { MetricsTable } from './metrics-table.tsx';
import { ParamsTable } from './params-table.tsx';
import { Reproduce } from './reproduce.tsx';
import { Tags } from './tags.tsx';
import { useKept } from '../../../components/kept.ts';

export function OverviewTab({ run }: { run: RunDetail }) {
  const [{ q = '' }, setUrl] = useUrlState();
  const [nested, setNested] = useKept('modelyard.run-nested', true);
  const words = useDeferredValue(q).trim().toLowerCase();
  return (
    <div className="run-body run-overview">
      <div className="run-main">
        <Description
          key={run.id}
          runId={run.id}
          value={run.tags.get('mlflow.note.content') ?? ''}
          onSave={(note) => changeTag(run, 'mlflow.note.content', note)}
        />
        <FilterBar
          q={q}
          onSearch={(q) => {
            setUrl({ q }, { replace: true });
          }}
          nested={nested}
          onNested={setNested}
        />
        <MetricsTable run={run} words={words} nested={nested} />
        <ParamsTable params={run.params} words={words} nested={nested} />
      </div>
      <aside className="run-side" aria-label={text.about}>
        <About run={run} />
        <Tags run={run} words={words} />
        <Datasets run={run} />
        <Family run={run} />
        <Reproduce run={run} />
      </aside>
    </div>
  );
}
