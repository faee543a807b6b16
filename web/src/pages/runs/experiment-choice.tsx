import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FindField } from '../../components/find-field.tsx';
import { count } from '../../components/format.ts';
import { Failed, PageTitle } from '../../components/page.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/run-work.ts';
import { useExperimentsFound } from './find-experiments.ts';
import { writeList } from './run-query.ts';

const shown = 30;

/** A table of several experiments that names none: which ones? */
export function ExperimentChoice({ onChange }: { onChange: (change: UrlValues) => void }) {
  const [words, setWords] = useState('');
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const { experiments, total, error } = useExperimentsFound(words, shown);
  const show = (ids: readonly string[]): void => {
    onChange({ experiments: writeList(ids) });
  };
  if (error) return <Failed error={error} />;
  return (
    <form
      className="experiment-choice"
      onSubmit={(event) => {
        event.preventDefault();
        if (ticked.length > 0) show(ticked);
      }}
    >
      <PageTitle>{text.chooseTitle}</PageTitle>
      <p className="dim">{text.chooseHint}</p>
      <FindField ofPage label={text.findExperiments} value={words} onType={setWords} />
      <ul>
        {experiments.map(({ id, name, runs }) => (
          <li key={id}>
            <label className="check">
              <input
                type="checkbox"
                checked={ticked.includes(id)}
                onChange={(event) => {
                  setTicked(event.target.checked ? [...ticked, id] : ticked.filter((other) => other !== id));
                }}
              />
              <span className="ellipsis" title={name}>
                {name}
              </span>
              <span className="dim">{text.runCount(count(runs))}</span>
            </label>
          </li>
        ))}
      </ul>
      {total > experiments.length && <p className="dim">{text.moreExperiments(count(total - experiments.length))}</p>}
      {experiments.length === 0 && words !== '' && <p role="status">{text.noExperiments(words.trim())}</p>}
      <div className="row-of">
        <Button type="submit" kind="primary" disabled={ticked.length === 0}>
          {ticked.length === 0 ? text.showRunsOfNone : text.showRuns(count(ticked.length))}
        </Button>
        {experiments.length > 1 && total === experiments.length && (
          <Button
            onClick={() => {
              show(experiments.map(({ id }) => id));
            }}
          >
            {text.showEverything(count(total))}
          </Button>
        )}
      </div>
    </form>
  );
}
