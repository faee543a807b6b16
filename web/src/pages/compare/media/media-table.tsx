import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { fileOf, readPiece, type ArtifactFile } from '../../../api/artifacts.ts';
import { parseJson } from '../../../components/content/parse-json.ts';
import { CutName } from '../../../components/cut-name.tsx';
import { bytes, count } from '../../../components/format.ts';
import { Failed, Loading } from '../../../components/page.tsx';
import { ShowMore } from '../../../components/show-more.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/compare.ts';
import { parseDelimited } from '../../run/artifacts/previews/delimited.ts';
import { tableOf } from '../../run/artifacts/previews/json-preview.tsx';
import { decode } from '../../run/artifacts/previews/with-text.tsx';
import { readList, writeList } from '../../runs/run-query.ts';
import type { CommonFile } from '../common-path.ts';
import { RunDot, type ColouredRun } from '../run-head.tsx';
import { columnsOf, joined, usualKeys, type JoinedRow, type RunTableData } from './table-rows.ts';

const largest = 5_000_000;

/** One table of all runs: which one, by which columns its rows are told apart, and which column is compared. */
export function MediaTable({ runs, tables }: { runs: readonly ColouredRun[]; tables: readonly CommonFile[] }) {
  const [url, setUrl] = useUrlState();
  const common = tables.filter(({ entries }) => entries.filter(Boolean).length > 1);
  const file = tables.find(({ path }) => path === url['artifact']) ?? common[0] ?? tables[0];
  const read = useQueries({
    queries: runs.map(({ id }, place) => {
      const entry = file?.entries[place];
      return {
        queryKey: ['run', id, 'artifacts', 'table', entry?.path, entry?.size],
        structuralSharing: false,
        queryFn: ({ signal }: { signal: AbortSignal }) => (entry ? readTable(fileOf(id, entry), signal) : null),
      };
    }),
  });
  const data = read.map((one) => one.data ?? undefined);
  const loading = read.some(({ isPending }) => isPending);
  const failure = read.find(({ error }) => error !== null);
  const columns = columnsOf(data);
  const named = readList(url['keys']).filter((key) => columns.includes(key));
  const keys = named.length > 0 ? named : usualKeys(data);
  const others = columns.filter((column) => !keys.includes(column));
  const column = others.find((one) => one === url['value']) ?? others[0] ?? keys[0] ?? '';
  const rows = useMemo(
    () => joined(data, keys, column),
    // The tables themselves are what changes, not the arrays that hold them.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [...data, keys.join('\n'), column],
  );
  if (!file) return null;
  return (
    <section aria-label={text.media.tables}>
      <h2>{text.media.tables}</h2>
      <div className="compare-table-choice">
        <label>
          {text.media.table}
          <select
            value={file.path}
            onChange={(event) => {
              setUrl({ artifact: event.target.value, keys: undefined, value: undefined });
            }}
          >
            {tables.map(({ path }) => (
              <option key={path} value={path}>
                {path}
              </option>
            ))}
          </select>
        </label>
        {columns.length > 0 && (
          <>
            <label>
              {text.media.value}
              <select
                value={column}
                onChange={(event) => {
                  setUrl({ value: event.target.value });
                }}
              >
                {(others.length > 0 ? others : keys).map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <fieldset className="compare-differ">
              <legend>{text.media.keys}</legend>
              {columns.slice(0, mostKeys).map((name) => (
                <label key={name}>
                  <input
                    type="checkbox"
                    checked={keys.includes(name)}
                    disabled={keys.length === 1 && keys.includes(name)}
                    onChange={() => {
                      setUrl({ keys: writeList(columns.filter((one) => keys.includes(one) !== (one === name))) });
                    }}
                  />
                  {name}
                </label>
              ))}
            </fieldset>
          </>
        )}
      </div>
      {failure ? (
        <Failed error={failure.error} onRetry={() => void failure.refetch()} />
      ) : loading ? (
        <Loading />
      ) : columns.length === 0 ? (
        <p className="dim">{text.media.notTable(bytes(largest))}</p>
      ) : (
        <Joined label={file.path} runs={runs} keys={keys} rows={rows} />
      )}
    </section>
  );
}

const mostKeys = 30;

/** Null for what is no table, or too large to be laid beside others. */
async function readTable({ name, url, size }: ArtifactFile, signal: AbortSignal): Promise<RunTableData | null> {
  if (size === 0 || size > largest) return null;
  const content = decode((await readPiece(url, 0, size, signal)).bytes, false);
  if (!name.endsWith('.json')) return parseDelimited(content, signal);
  const parsed = parseJson(content);
  const table = 'value' in parsed ? tableOf(parsed.value) : undefined;
  return table ? { names: table.columns.map(({ name: column }) => column), rows: table.rows } : null;
}

interface JoinedProps {
  readonly label: string;
  readonly runs: readonly ColouredRun[];
  readonly keys: readonly string[];
  readonly rows: readonly JoinedRow[];
}

const firstRows = 200;
const moreRows = 1000;

function Joined({ label, runs, keys, rows }: JoinedProps) {
  const [url, setUrl] = useUrlState();
  const [most, setMost] = useState(firstRows);
  const only = url['same'] === 'off';
  const shown = only ? rows.filter(({ differs }) => differs) : rows;
  return (
    <>
      <label className="compare-check">
        <input
          type="checkbox"
          checked={only}
          onChange={() => {
            setUrl({ same: only ? undefined : 'off' }, { replace: true });
          }}
        />
        {text.onlyDifferences} <span className="dim">{text.media.rowsOf(count(shown.length), count(rows.length))}</span>
      </label>
      <div className="page-scroll" role="region" aria-label={label} tabIndex={0}>
        <table className="page-table compare-joined">
          <thead>
            <tr>
              {keys.map((key) => (
                <th key={key} scope="col">
                  {key}
                </th>
              ))}
              {runs.map((run) => (
                <th key={run.id} scope="col">
                  <span className="compare-head">
                    <RunDot colour={run.colour} />
                    <CutName name={run.name} title={`${run.name}\n${run.id}`} />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map((row, i) => (
              <tr key={i} data-differs={row.differs}>
                {row.keys.map((key, at) => (
                  <td key={at}>{key}</td>
                ))}
                {row.values.map((value, place) => (
                  <Value key={place} value={value} first={row.values[0]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ShowMore shown={most} total={shown.length} step={moreRows} onShow={setMost} />
    </>
  );
}

function Value({ value, first }: { value: string | undefined; first: string | undefined }) {
  return (
    <td className="mono" data-mark={value === first ? 'same' : 'changed'}>
      {value !== first && (
        <>
          <span className="mark" aria-hidden="true">
            ≠
          </span>
          <span className="visually-hidden">{text.marks.changed}: </span>
        </>
      )}
      {value ?? <span className="dim">{text.missing}</span>}
    </td>
  );
}
