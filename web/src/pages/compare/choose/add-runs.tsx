import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { mostCompared } from '../../../api/comparison.ts';
import { findQuery } from '../../../api/find.ts';
import { recentRunsQuery } from '../../../api/recent-runs.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { FindList, type FindItem } from '../../../components/find-list.tsx';
import { count } from '../../../components/format.ts';
import { StatusIcon } from '../../../components/status-icon.tsx';
import { text } from '../../../text/compare.ts';
import { statusText } from '../../../text/run-status.ts';
import { useKeptRuns } from './compare-list.ts';
import type { ColouredRun } from '../run-head.tsx';

interface AddRunsProps {
  readonly ids: readonly string[];
  /** Those of `ids` that there are. */
  readonly runs: readonly ColouredRun[];
  readonly onAdd: (ids: readonly string[]) => void;
  readonly onClose: () => void;
}

const mostListed = 10;

/** The last runs of the experiments that are compared, or runs of any, found as typed. It stays open for the next one. */
export function AddRuns({ ids, runs, onAdd, onClose }: AddRunsProps) {
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words.trim());
  const { data: found, isPlaceholderData } = useQuery({
    // Those that are compared already may be found, too.
    ...findQuery(wanted, mostListed + ids.length),
    enabled: wanted !== '',
  });
  const experiments = new Map(runs.map((run) => [run.experimentId, run.experimentName]));
  const { data: recent = [] } = useQuery(recentRunsQuery([...experiments.keys()], ids));
  const kept = useKeptRuns().filter((id) => !ids.includes(id));
  const full = ids.length >= mostCompared;
  const listed =
    wanted === ''
      ? recent.map((run) => itemOf(text.add.recent, { ...run, experiment_name: experiments.get(run.experiment_id) }))
      : (found?.runs ?? []).map((run) => itemOf(text.add.found, run));
  const items = full ? [] : listed.filter((item) => !ids.includes(item.id)).slice(0, mostListed);
  const settled = wanted === words.trim() && (wanted === '' || (found !== undefined && !isPlaceholderData));
  return (
    <Dialog title={text.add.title} onClose={onClose}>
      <div className="compare-add">
        {full && <p role="status">{text.add.full(count(mostCompared))}</p>}
        {kept.length > 0 && (
          <Button
            icon="plus"
            disabled={full}
            onClick={() => {
              onAdd(kept);
            }}
          >
            {text.kept.chip(count(kept.length))}
          </Button>
        )}
        <FindList
          label={text.add.field}
          placeholder={text.add.field}
          results={text.add.results}
          words={words}
          onWords={setWords}
          items={items}
          settled={settled}
          onChoose={({ id }) => {
            onAdd([id]);
          }}
        />
        {wanted !== '' && settled && items.length === 0 && !full && <p className="dim">{text.add.nothing(wanted)}</p>}
        <p className="compare-add-keys dim">{text.add.keys}</p>
      </div>
    </Dialog>
  );
}

interface FoundRun {
  readonly run_id?: string | undefined;
  readonly run_name?: string | undefined;
  readonly experiment_name?: string | undefined;
  readonly status?: string | undefined;
}

const shortId = 8;

function itemOf(
  group: string,
  { run_id: id = '', run_name: name, experiment_name: experiment, status }: FoundRun,
): FindItem {
  const state = status ?? 'RUNNING';
  return {
    id,
    group,
    icon: <StatusIcon kind={state} label={statusText(state)} />,
    label: name || id,
    hint: `${experiment ?? ''} · ${id.slice(0, shortId)}`,
  };
}
