import { useMemo, useState } from 'react';
import { Dialog } from '../../../components/dialog.tsx';
import { laidOutJson } from '../../../components/content/laid-out-json.ts';
import { DiffView } from '../../../components/content/diff-view.tsx';
import { CutName } from '../../../components/cut-name.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { text } from '../../../text/compare.ts';
import type { CompareRow } from './compare-rows.ts';
import { RunDot, type ColouredRun } from '../run-head.tsx';

interface ValuesDialogProps {
  readonly row: CompareRow;
  readonly runs: readonly ColouredRun[];
  readonly base: number;
  readonly onClose: () => void;
}

interface Value {
  readonly whole: string | undefined;
  readonly runs: readonly ColouredRun[];
}

/** The values of a row whole, each once with the runs that have it, and what tells one from the baseline's. */
export function ValuesDialog({ row, runs, base, onClose }: ValuesDialogProps) {
  const values = useMemo(() => grouped(row, runs, base), [row, runs, base]);
  const [chosen, setChosen] = useState(1);
  const [first, other] = [values[0], values[chosen]];
  const comparable = first?.whole !== undefined && other?.whole !== undefined && other !== first;
  return (
    <Dialog title={text.values.title(row.key)} kind="full" onClose={onClose}>
      <div className="compare-values">
        <ul className="compare-value-list">
          {values.map((value, i) => (
            <li key={i}>
              <RunsOf value={value} />
              {value.whole === undefined ? (
                <span className="dim">{text.values.none}</span>
              ) : (
                <span className="compare-whole">
                  <code>{value.whole}</code>
                  <CopyButton value={value.whole} />
                </span>
              )}
            </li>
          ))}
        </ul>
        {comparable && (
          <section aria-label={text.values.difference}>
            <h3>
              {text.values.difference}{' '}
              {values.length > 2 && (
                <select
                  aria-label={text.values.against}
                  value={chosen}
                  onChange={(event) => {
                    setChosen(Number(event.target.value));
                  }}
                >
                  {values.map((value, i) =>
                    i === 0 || value.whole === undefined ? null : (
                      <option key={i} value={i}>
                        {namesOf(value)}
                      </option>
                    ),
                  )}
                </select>
              )}
            </h3>
            <DiffView
              left={laidOut(first.whole)}
              right={laidOut(other.whole)}
              names={[namesOf(first), namesOf(other)]}
            />
          </section>
        )}
      </div>
    </Dialog>
  );
}

function RunsOf({ value }: { value: Value }) {
  return (
    <span className="compare-value-runs">
      {value.runs.map((run) => (
        <span key={run.id} className="chip">
          <RunDot colour={run.colour} />
          <CutName name={run.name} title={`${run.name}\n${run.id}`} />
        </span>
      ))}
    </span>
  );
}

/** The baseline's value first. */
function grouped(row: CompareRow, runs: readonly ColouredRun[], base: number): Value[] {
  const places = [base, ...runs.keys().filter((place) => place !== base)];
  const byValue = Map.groupBy(places, (place) => row.cells[place]?.whole);
  return [...byValue].map(([whole, own]) => ({ whole, runs: own.flatMap((place) => runs[place] ?? []) }));
}

const mostNames = 3;

function namesOf({ runs }: Value): string {
  const names = runs.slice(0, mostNames).map(({ name }) => name);
  return names.join(', ') + (runs.length > mostNames ? ` +${runs.length - mostNames}` : '');
}

/** JSON on several lines: what differs in it is then a line. */
function laidOut(value: string): string {
  return /^\s*[[{]/.test(value) ? laidOutJson(value) : value;
}
