import { useState, type CSSProperties, type ReactNode } from 'react';
import { count } from '../../components/format.ts';
import { ShowMore } from '../../components/show-more.tsx';
import { text } from '../../text/models.ts';
import type { CompareCell, CompareRow } from './compare-rows.ts';
import type { Mark } from './signature.ts';

interface CompareTableProps {
  readonly title: string;
  readonly heads: readonly { readonly version: string; readonly head: ReactNode }[];
  readonly rows: readonly CompareRow[];
  readonly onlyDifferences: boolean;
  readonly filter: string;
  readonly numbers?: boolean;
}

const signs: Readonly<Record<Mark, string>> = { added: '+', removed: '−', changed: '≠', same: '' };
const firstShown = 200;
const moreShown = 1000;

export function CompareTable({ title, heads, rows, onlyDifferences, filter, numbers = false }: CompareTableProps) {
  const [most, setMost] = useState(firstShown);
  const word = filter.toLowerCase();
  const shown = rows.filter(
    (row) =>
      (!onlyDifferences || row.differs) &&
      (word === '' ||
        row.key.toLowerCase().includes(word) ||
        row.cells.some((cell) => cell.text?.toLowerCase().includes(word))),
  );
  return (
    <section className="page-section" aria-label={title}>
      <h2>
        {title}{' '}
        <span className="dim models-count">{text.comparePage.rows(count(shown.length), count(rows.length))}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="dim">{text.comparePage.none}</p>
      ) : shown.length === 0 ? (
        <p className="dim">{word === '' ? text.comparePage.same : text.comparePage.noMatch}</p>
      ) : (
        <div className="page-scroll" role="region" aria-label={title} tabIndex={0}>
          <table className="page-table compare" style={{ '--versions': heads.length } as CSSProperties}>
            <thead>
              <tr>
                <th scope="col">{text.comparePage.row}</th>
                {heads.map(({ version, head }) => (
                  <th key={version} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, most).map((row) => (
                <tr key={row.key}>
                  <th scope="row" className="ellipsis" title={row.key}>
                    {row.key}
                  </th>
                  {row.cells.map((cell, i) => (
                    <Cell key={heads[i]?.version} cell={cell} numbers={numbers} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ShowMore shown={most} total={shown.length} step={moreShown} onShow={setMost} />
    </section>
  );
}

function Cell({ cell, numbers }: { cell: CompareCell; numbers: boolean }) {
  return (
    <td className={numbers ? 'number' : 'mono'} data-mark={cell.mark} title={cell.full?.slice(0, 2000)}>
      {cell.mark !== 'same' && (
        <>
          <span className="mark" aria-hidden="true">
            {signs[cell.mark]}
          </span>
          <span className="visually-hidden">{text.comparePage.marks[cell.mark]}: </span>
        </>
      )}
      {cell.text ?? <span className="dim">{text.comparePage.missing}</span>}
      {cell.difference !== undefined && (
        <>
          {' '}
          <span className="compare-difference dim">{cell.difference}</span>
        </>
      )}
    </td>
  );
}
