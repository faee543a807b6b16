import { useId } from 'react';
import { automlFrameworks, type AutomlProblem } from '../../../api/automl-rules.ts';
import { text } from '../../../text/automl-form.ts';
import { text as words } from '../../../text/automl-words.ts';
import { TextField } from '../../jobs/text-field.tsx';
import { useExperimentsFound } from '../../runs/find-experiments.ts';
import { CheckGroup } from './check-group.tsx';
import { ChoiceField } from './choice-field.tsx';
import type { SearchFieldsProps } from './goal-fields.tsx';

const advanced = [
  'exclude_frameworks',
  'pos_label',
  'time_col',
  'split_col',
  'sample_weight_col',
  'parallel_trials',
  'max_trials',
  'memory_mb',
  'seed',
] as const;
const suggested = 20;

/** What most searches leave as it is. It opens by itself when something in it is wrong. */
export function AdvancedFields(props: SearchFieldsProps & { problem: AutomlProblem }) {
  const { draft, data, problem, onChange, problems } = props;
  const id = useId();
  const target = data.columns.find(({ name }) => name === draft.target_col);
  const { experiments } = useExperimentsFound(draft.experiment_name, suggested);
  const forecasting = problem === 'forecasting';
  const columns = [
    { value: '', label: text.noColumnChosen },
    ...data.columns.filter(({ name }) => name !== draft.target_col).map(({ name }) => ({ value: name, label: name })),
  ];
  const wrong = advanced.some((name) => problems[name] !== undefined);
  const column = (name: 'time_col' | 'split_col' | 'sample_weight_col', hint: string) => (
    <ChoiceField
      label={words.names[name]}
      hint={hint}
      problem={problems[name]}
      value={draft[name]}
      choices={columns}
      onChoose={(value) => {
        onChange({ [name]: value });
      }}
    />
  );
  const number = (name: 'parallel_trials' | 'max_trials' | 'memory_mb' | 'seed', hint: string) => (
    <TextField
      label={words.names[name]}
      hint={hint}
      problem={problems[name] && text.wholeWrong}
      inputMode="numeric"
      value={draft[name]}
      onType={(value) => {
        onChange({ [name]: value });
      }}
    />
  );
  return (
    <>
      <fieldset>
        <legend>{text.record}</legend>
        <div className="project-two">
          <TextField
            label={words.names.experiment_name}
            hint={text.experimentHint}
            problem={problems['experiment_name']}
            list={`${id}-experiments`}
            value={draft.experiment_name}
            onType={(experiment_name) => {
              onChange({ experiment_name });
            }}
          />
          <datalist id={`${id}-experiments`}>
            {experiments.map(({ id: experimentId, name }) => (
              <option key={experimentId} value={name} />
            ))}
          </datalist>
          <TextField
            label={words.names.register}
            hint={text.registerHint}
            problem={problems['register']}
            value={draft.register}
            onType={(register) => {
              onChange({ register });
            }}
          />
        </div>
      </fieldset>
      <details className="automl-advanced" open={wrong || undefined}>
        <summary>{text.advanced}</summary>
        <div className="automl-more">
          <CheckGroup
            label={text.frameworks}
            hint={text.frameworksHint}
            problem={problems['exclude_frameworks']}
            choices={automlFrameworks[problem].map((one) => ({ value: one, label: words.frameworks[one] ?? one }))}
            isOn={(name) => !draft.exclude_frameworks.includes(name)}
            onSet={(name, on) => {
              const others = draft.exclude_frameworks.filter((one) => one !== name);
              onChange({ exclude_frameworks: on ? others : [...others, name] });
            }}
          />
          <div className="project-two">
            {problem === 'classification' && (
              <TextField
                label={words.names.pos_label}
                hint={text.posLabelHint}
                problem={problems['pos_label']}
                list={`${id}-labels`}
                value={draft.pos_label}
                onType={(pos_label) => {
                  onChange({ pos_label });
                }}
              />
            )}
            <datalist id={`${id}-labels`}>
              {target?.examples.map((label) => (
                <option key={label} value={label} />
              ))}
            </datalist>
            {!forecasting && column('time_col', text.splitByTimeHint)}
            {!forecasting && column('split_col', text.splitHint)}
            {!forecasting && column('sample_weight_col', text.weightHint)}
            {number('parallel_trials', text.parallelHint)}
            {number('max_trials', text.maxTrialsHint)}
            {number('memory_mb', text.memoryHint)}
            {number('seed', text.seedHint)}
          </div>
          <label className="automl-check">
            <input
              type="checkbox"
              checked={draft.early_stopping}
              onChange={(event) => {
                onChange({ early_stopping: event.target.checked });
              }}
            />
            {text.early}
          </label>
        </div>
      </details>
    </>
  );
}
