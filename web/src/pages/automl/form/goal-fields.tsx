import type { DescribedData } from '../../../api/automl-changes.ts';
import type { Problems } from '../../../api/automl-request.ts';
import { automlMetrics, automlProblems, greaterIsBetter, type AutomlProblem } from '../../../api/automl-rules.ts';
import { Button } from '../../../components/button.tsx';
import { text } from '../../../text/automl-form.ts';
import { text as words } from '../../../text/automl-words.ts';
import { TextField } from '../../jobs/text-field.tsx';
import { ChoiceField } from './choice-field.tsx';
import { proposedProblem, type SearchDraft } from './draft.ts';

export interface SearchFieldsProps {
  readonly draft: SearchDraft;
  readonly data: DescribedData;
  readonly onChange: (next: Partial<SearchDraft>) => void;
  readonly problems: Problems;
}

const times = ['1 min', '5 min', '10 min', '1 h'];

/** What is predicted, how good is measured, and how long it may take. */
export function GoalFields({
  draft,
  data,
  problem,
  onChange,
  problems,
}: SearchFieldsProps & { problem: AutomlProblem }) {
  const target = data.columns.find(({ name }) => name === draft.target_col);
  const metrics: readonly (keyof typeof words.metrics)[] = automlMetrics[problem];
  const metric = metrics.find((one) => one === draft.primary_metric) ?? automlMetrics[problem][0];
  return (
    <fieldset>
      <legend>{text.goal}</legend>
      <div className="project-two automl-goal">
        <ChoiceField
          label={text.target}
          hint={target ? text.targetIs(words.semantic[target.semantic], String(target.unique)) : text.targetHint}
          problem={problems['target_col']}
          value={target?.name ?? ''}
          choices={[
            { value: '', label: text.choose },
            ...data.columns.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChoose={(name) => {
            onChange({ target_col: name, exclude_cols: draft.exclude_cols.filter((one) => one !== name) });
          }}
        />
        <div className="field">
          <span id="automl-problem">{words.names.problem_type}</span>
          <div className="segments" role="group" aria-labelledby="automl-problem">
            {automlProblems.map((one) => (
              <Button
                key={one}
                aria-pressed={one === problem}
                onClick={() => {
                  onChange({ problem_type: one });
                }}
              >
                {words.problems[one]}
              </Button>
            ))}
          </div>
          <p role="status" className="dim endpoint-hint">
            {draft.problem_type === '' && target
              ? text.proposed
              : target && problem !== 'forecasting' && problem !== proposedProblem(target)
                ? text.otherProblem(words.problems[proposedProblem(target)].toLowerCase())
                : ''}
          </p>
        </div>
        <ChoiceField
          label={words.names.primary_metric}
          hint={greaterIsBetter.has(metric) ? words.greater : words.less}
          problem={problems['primary_metric']}
          value={metric}
          choices={metrics.map((one) => ({ value: one, label: words.metrics[one] }))}
          onChoose={(primary_metric) => {
            onChange({ primary_metric });
          }}
        />
        <TextField
          label={words.names.timeout_seconds}
          hint={
            <span className="automl-times">
              {times.map((time) => (
                <button
                  key={time}
                  type="button"
                  className="link-button"
                  onClick={() => {
                    onChange({ timeout: time });
                  }}
                >
                  {time}
                </button>
              ))}
            </span>
          }
          problem={problems['timeout_seconds'] && text.timeWrong}
          value={draft.timeout}
          onType={(timeout) => {
            onChange({ timeout });
          }}
        />
      </div>
    </fieldset>
  );
}
