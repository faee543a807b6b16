import { useState } from 'react';
import type { Comparison } from '../../../api/comparison.ts';
import { Button } from '../../../components/button.tsx';
import { CutName } from '../../../components/cut-name.tsx';
import { DiffView } from '../../../components/content/diff-view.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { text } from '../../../text/compare.ts';
import type { ColouredRun } from '../run-head.tsx';
import type { Pair } from './use-pair.ts';

interface CodeFactsProps {
  readonly comparison: Comparison;
  readonly runs: readonly ColouredRun[];
  readonly pair: Pair;
}

const facts = [
  ['mlflow.source.name', text.facts.source],
  ['mlflow.source.git.commit', text.facts.commit],
  ['mlflow.source.git.branch', text.files.branch],
  ['mlflow.source.git.repoURL', text.files.repository],
  ['mlflow.source.git.dirty', text.files.dirty],
] as const;

/** Where clients keep the patch of what was not committed. */
const patchTags = ['mlflow.source.git.diff', 'mlflow.git.diff'];

/** What code both runs ran. */
export function CodeFacts({ comparison, runs, pair }: CodeFactsProps) {
  const [patched, setPatched] = useState(false);
  const places = [pair.left, pair.right].map(({ id }) => runs.findIndex((run) => run.id === id));
  const valuesOf = (tag: string): (string | undefined)[] => {
    const values = comparison.tags.find(({ key }) => key === tag)?.values ?? [];
    return places.map((place) => values[place]);
  };
  const rows = facts.map(([tag, title]) => ({ title, values: valuesOf(tag) }));
  const shown = rows.filter(({ values }) => values.some((value) => value !== undefined));
  const patches = patchTags.map(valuesOf).find((values) => values.some((value) => value !== undefined));
  if (shown.length === 0 && !patches) return null;
  return (
    <section aria-label={text.files.code}>
      <table className="compare-facts">
        <thead>
          <tr>
            <th scope="col">{text.files.code}</th>
            <th scope="col">
              <CutName name={pair.left.name} />
            </th>
            <th scope="col">
              <CutName name={pair.right.name} />
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ title, values: [left, right] }) => (
            <tr key={title} data-differs={left !== right}>
              <th scope="row">{title}</th>
              <td>{left ?? <span className="dim">{text.missing}</span>}</td>
              <td>
                {left !== right && (
                  <>
                    <span className="compare-sign" aria-hidden="true">
                      ≠
                    </span>{' '}
                    <span className="visually-hidden">{text.marks.changed}: </span>
                  </>
                )}
                {right ?? <span className="dim">{text.missing}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {patches && (
        <Button
          icon="file"
          onClick={() => {
            setPatched(true);
          }}
        >
          {text.files.uncommitted}
        </Button>
      )}
      {patches && patched && (
        <Dialog
          title={text.files.uncommitted}
          kind="full"
          onClose={() => {
            setPatched(false);
          }}
        >
          <DiffView left={patches[0] ?? ''} right={patches[1] ?? ''} names={[pair.left.name, pair.right.name]} />
        </Dialog>
      )}
    </section>
  );
}
