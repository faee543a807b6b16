import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { mostCompared } from '../../api/comparison.ts';
import { findQuery } from '../../api/find.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { count } from '../../components/format.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { text } from '../../text/compare.ts';
import { statusText } from '../../text/run-status.ts';
import { useKeptRuns } from './compare-list.ts';

interface AddRunsProps {
  readonly ids: readonly string[];
  readonly onAdd: (ids: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Runs of any experiment, found by name or id as typed. It stays open for the next one. */
export function AddRuns({ ids, onAdd, onClose }: AddRunsProps) {
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words.trim());
  const { data } = useQuery({ ...findQuery(wanted), enabled: wanted !== '' });
  const kept = useKeptRuns().filter((id) => !ids.includes(id));
  const found = wanted === '' ? [] : (data?.runs ?? []).filter(({ run_id: id = '' }) => !ids.includes(id));
  const full = ids.length >= mostCompared;
  return (
    <Dialog title={text.addTitle} onClose={onClose}>
      <div className="compare-add">
        {full && <p role="status">{text.addFull(count(mostCompared))}</p>}
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
        <input
          type="search"
          aria-label={text.addHint}
          placeholder={text.addHint}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
        <ul className="compare-found">
          {found.map(
            ({ run_id: id = '', run_name: name = '', experiment_name: experiment = '', status = 'RUNNING' }) => (
              <li key={id}>
                <button
                  type="button"
                  className="button quiet"
                  disabled={full}
                  title={id}
                  onClick={() => {
                    onAdd([id]);
                  }}
                >
                  <StatusIcon kind={status} label={statusText(status)} />
                  <span className="ellipsis">{name || id}</span>
                  <span className="dim ellipsis">{experiment}</span>
                </button>
              </li>
            ),
          )}
        </ul>
        {wanted !== '' && data && found.length === 0 && <p className="dim">{text.addNothing(wanted)}</p>}
      </div>
    </Dialog>
  );
}
