import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { runFilesQuery } from '../../../api/run-files.ts';
import { FindField } from '../../../components/find-field.tsx';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/compare.ts';
import { kindByName } from '../../run/artifacts/preview-kind.ts';
import { CodeFacts } from './code-facts.tsx';
import { commonFiles, modelsMade, type CommonFile } from '../common-path.ts';
import { FileDiff } from './file-diff.tsx';
import { PairChoice } from './pair-choice.tsx';
import type { ViewProps } from '../table/table-view.tsx';
import { useFileStates, type FileState } from './use-file-states.ts';
import { usePair } from './use-pair.ts';

const textKinds: readonly string[] = [
  'text',
  'log',
  'json',
  'jsonl',
  'yaml',
  'markdown',
  'csv',
  'mlmodel',
  'geojson',
  'html',
  'notebook',
];
/** What says most about why a run is another one stands first. */
const first = /(?:^|\/)(?:requirements\.txt|conda\.yaml|python_env\.yaml)$|\.(?:patch|diff)$/;

function isText(path: string): boolean {
  return textKinds.includes(kindByName(nameOf(path)) ?? '');
}

/** Commit, source, environment and any text file of two of the runs, line by line. */
export function FilesView({ comparison, runs, base }: ViewProps) {
  const [url, setUrl] = useUrlState();
  const pair = usePair(runs, base);
  const models = useMemo(() => modelsMade(comparison), [comparison]);
  const sides = pair ? [pair.left, pair.right] : [];
  const lists = useQueries({
    queries: sides.map(({ id }) => runFilesQuery(id, models[runs.findIndex((run) => run.id === id)] ?? [])),
  });
  const [left, right] = lists.map(({ data }) => data);
  const files = useMemo(
    () => commonFiles(comparison, [left?.files, right?.files], isText).toSorted(byWeight),
    [comparison, left, right],
  );
  const words = (url['files'] ?? '').toLowerCase();
  const shown = useMemo(() => files.filter(({ path }) => path.toLowerCase().includes(words)), [files, words]);
  const states = useFileStates(shown, pair);
  if (!pair) return null;
  const failure = lists.find(({ error }) => error !== null);
  const chosen = files.find(({ path }) => path === url['file']) ?? shown[0];
  return (
    <div className="compare-files">
      <div className="compare-side">
        <PairChoice runs={runs} pair={pair} />
        <FindField
          ofPage
          label={text.files.find}
          value={url['files'] ?? ''}
          onType={(typed) => {
            setUrl({ files: typed }, { replace: true });
          }}
        />
        <ul className="compare-file-list" aria-label={text.files.list}>
          {shown.map((file, i) => (
            <li key={file.path}>
              <button
                type="button"
                className="button quiet"
                aria-current={file === chosen}
                title={file.path}
                onClick={() => {
                  setUrl({ file: file.path });
                }}
              >
                <span className="compare-file-name">{nameOf(file.path)}</span>
                <span className="dim ellipsis">{folderOf(file.path)}</span>
                <FileStateWord state={states[i]} />
              </button>
            </li>
          ))}
        </ul>
        {(left?.stopped === true || right?.stopped === true) && <p className="dim">{text.files.stopped}</p>}
      </div>
      <div className="compare-main">
        <CodeFacts comparison={comparison} runs={runs} pair={pair} />
        {failure ? (
          <Failed
            error={failure.error}
            onRetry={() => {
              for (const list of lists) void list.refetch();
            }}
          />
        ) : !left || !right ? (
          <Loading />
        ) : chosen ? (
          <FileDiff key={`${pair.left.id} ${pair.right.id} ${chosen.path}`} file={chosen} pair={pair} />
        ) : (
          <State title={text.files.none} />
        )}
      </div>
    </div>
  );
}

const signs: Readonly<Partial<Record<FileState, string>>> = { same: '=', differs: '≠' };

function FileStateWord({ state }: { state: FileState | undefined }) {
  if (!state) return null;
  return (
    <span className="compare-file-state dim">
      {signs[state] && (
        <span className={state === 'differs' ? 'compare-sign' : undefined} aria-hidden="true">
          {signs[state]}{' '}
        </span>
      )}
      {text.files.states[state]}
    </span>
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Without the slash at its end. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function byWeight(a: CommonFile, b: CommonFile): number {
  const weight = ({ path, entries }: CommonFile): number =>
    (first.test(path) ? 0 : 2) + (entries.every(Boolean) ? 0 : 1);
  return weight(a) - weight(b) || (a.path < b.path ? -1 : 1);
}
