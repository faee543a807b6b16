import { useId } from 'react';
import { automlFrameworks, type AutomlProblem } from '../../api/automl-rules.ts';
import { text } from '../../text/automl.ts';
import { TextField } from '../jobs/text-field.tsx';
import { useExperimentsFound } from '../runs/find-experiments.ts';
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
    { value: '', label: text.form.noColumnChosen },
    ...data.columns.filter(({ name }) => name !== draft.target_col).map(({ name }) => ({ value: name, label: name })),
  ];
  const wrong = advanced.some((name) => problems[name] !== undefined);
  const column = (name: 'time_col' | 'split_col' | 'sample_weight_col', hint: string) => (
    <ChoiceField
      label={text.config.names[name]}
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
      label={text.config.names[name]}
      hint={hint}
      problem={problems[name] && text.form.wholeWrong}
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
        <legend>{text.form.record}</legend>
        <div className="project-two">
          <TextField
            label={text.config.names.experiment_name}
            hint={text.form.experimentHint}
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
            label={text.config.names.register}
            hint={text.form.registerHint}
            problem={problems['register']}
            value={draft.register}
            onType={(register) => {
              onChange({ register });
            }}
          />
        </div>
      </fieldset>
      <details className="automl-advanced" open={wrong || undefined}>
        <summary>{text.form.advanced}</summary>
        <div className="automl-more">
          <CheckGroup
            label={text.form.frameworks}
            hint={text.form.frameworksHint}
            problem={problems['exclude_frameworks']}
            choices={automlFrameworks[problem].map((one) => ({ value: one, label: text.frameworks[one] ?? one }))}
            isOn={(name) => !draft.exclude_frameworks.includes(name)}
            onSet={(name, on) => {
              const others = draft.exclude_frameworks.filter((one) => one !== name);
              onChange({ exclude_frameworks: on ? others : [...others, name] });
            }}
          />
          <div className="project-two">
            {problem === 'classification' && (
              <TextField
                label={text.config.names.pos_label}
                hint={text.form.posLabelHint}
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
            {!forecasting && column('time_col', text.form.splitByTimeHint)}
            {!forecasting && column('split_col', text.form.splitHint)}
            {!forecasting && column('sample_weight_col', text.form.weightHint)}
            {number('parallel_trials', text.form.parallelHint)}
            {number('max_trials', text.form.maxTrialsHint)}
            {number('memory_mb', text.form.memoryHint)}
            {number('seed', text.form.seedHint)}
          </div>
          <label className="automl-check">
            <input
              type="checkbox"
              checked={draft.early_stopping}
              onChange={(event) => {
                onChange({ early_stopping: event.target.checked });
              }}
            />
            {text.form.early}
          </label>
        </div>
      </details>
    </>
  );
}
