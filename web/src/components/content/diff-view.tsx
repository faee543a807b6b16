/** Two texts side by side, line by line; equal stretches are folded. */
import { useMemo, useState } from 'react';
import { CutName } from '../cut-name.tsx';
import { count } from '../format.ts';
import { ShowMore } from '../show-more.tsx';
import { diffRows, foldedRows, type DiffLine, type DiffRow } from './text-diff.ts';
import { text } from '../../text/diff.ts';

interface DiffViewProps {
  readonly left: string;
  readonly right: string;
  /** What the two are called. */
  readonly names: readonly [left: string, right: string];
}

const signs = { same: '', changed: '≠', removed: '−', added: '+' } as const;
/** More rows come on demand: a browser lays out each of them. */
const rowsAtOnce = 2000;

export function DiffView({ left, right, names }: DiffViewProps) {
  const rows = useMemo(() => diffRows(left, right), [left, right]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(rowsAtOnce);
  const shown = useMemo(() => foldedRows(rows, open), [rows, open]);
  const counted = (kind: DiffRow['kind']): string => count(rows.filter((row) => row.kind === kind).length);
  const differs = rows.some(({ kind }) => kind !== 'same');
  return (
    <div className="diff">
      <p className="diff-counts dim" role="status">
        {differs
          ? text.counts(counted('added'), counted('removed'), counted('changed'))
          : left === right
            ? text.same
            : text.lineEnds}
      </p>
      <div className="diff-scroll" role="region" aria-label={text.label(...names)} tabIndex={0}>
        <table className="diff-table">
          <colgroup>
            {[0, 1, 2, 3].map((i) => (
              <col key={i} className={i % 2 === 0 ? 'diff-number' : undefined} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {names.map((name, i) => (
                <th key={i} scope="col" colSpan={2}>
                  <CutName name={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map((row) =>
              row.kind === 'fold' ? (
                <tr key={`fold ${row.from}`} className="diff-fold">
                  <td colSpan={4}>
                    <button
                      type="button"
                      onClick={() => {
                        setOpen(new Set([...open, row.from]));
                      }}
                    >
                      {text.folded(count(row.rows))}
                    </button>
                  </td>
                </tr>
              ) : (
                <tr key={`${row.left?.number ?? ''} ${row.right?.number ?? ''}`} data-kind={row.kind}>
                  <Side line={row.left} kind={row.kind === 'added' ? undefined : row.kind} />
                  <Side line={row.right} kind={row.kind === 'removed' ? undefined : row.kind} />
                </tr>
              ),
            )}
          </tbody>
        </table>
        <ShowMore shown={most} total={shown.length} step={rowsAtOnce} onShow={setMost} />
      </div>
    </div>
  );
}

/** One side of a row: its number, and its text with the words that differ marked. */
function Side({ line, kind }: { line: DiffLine | undefined; kind: DiffRow['kind'] | undefined }) {
  if (!line || kind === undefined) return <td colSpan={2} className="diff-none" />;
  return (
    <>
      <td className="diff-number">{line.number}</td>
      <td className="diff-text">
        {kind !== 'same' && (
          <>
            <span className="diff-sign" aria-hidden="true">
              {signs[kind]}
            </span>
            <span className="visually-hidden">{text.marks[kind]}: </span>
          </>
        )}
        {line.parts.map((part, i) => (part.marked ? <mark key={i}>{part.text}</mark> : part.text))}
      </td>
    </>
  );
}
