import { automlFrequencies } from '../../../api/automl-rules.ts';
import { text } from '../../../text/automl-form.ts';
import { text as words } from '../../../text/automl-words.ts';
import { TextField } from '../../jobs/text-field.tsx';
import { CheckGroup } from './check-group.tsx';
import { ChoiceField } from './choice-field.tsx';
import type { SearchFieldsProps } from './goal-fields.tsx';

/** More columns than these are not ticked one by one. */
const mostTicks = 60;

/** What only forecasts need: when values were observed, which series they belong to, how far is looked ahead. */
export function ForecastFields({ draft, data, onChange, problems }: SearchFieldsProps) {
  const others = data.columns.filter(({ name }) => name !== draft.target_col && name !== draft.time_col);
  const choices = others.slice(0, mostTicks).map(({ name }) => ({ value: name, label: name }));
  const toggled = (list: readonly string[], name: string, on: boolean): readonly string[] =>
    on ? [...list, name] : list.filter((one) => one !== name);
  return (
    <fieldset>
      <legend>{text.series}</legend>
      <div className="project-two">
        <ChoiceField
          label={words.names.time_col}
          hint={text.timeColHint}
          problem={problems['time_col']}
          value={draft.time_col}
          choices={[
            { value: '', label: text.choose },
            ...data.columns
              .filter(({ name }) => name !== draft.target_col)
              // What looks like a time comes first.
              .toSorted((a, b) => Number(b.semantic === 'datetime') - Number(a.semantic === 'datetime'))
              .map(({ name }) => ({ value: name, label: name })),
          ]}
          onChoose={(time_col) => {
            onChange({ time_col });
          }}
        />
        <ChoiceField
          label={words.names.frequency}
          hint={text.frequencyHint}
          problem={problems['frequency']}
          value={draft.frequency}
          choices={automlFrequencies.map((one) => ({ value: one, label: words.frequencies[one] ?? one }))}
          onChoose={(frequency) => {
            onChange({ frequency });
          }}
        />
        <TextField
          label={words.names.horizon}
          hint={text.horizonHint(words.frequencies[draft.frequency] ?? draft.frequency)}
          problem={problems['horizon'] && text.wholeWrong}
          inputMode="numeric"
          value={draft.horizon}
          onType={(horizon) => {
            onChange({ horizon });
          }}
        />
        <TextField
          label={words.names.country_code}
          hint={text.countryHint}
          problem={problems['country_code']}
          value={draft.country_code}
          onType={(country_code) => {
            onChange({ country_code });
          }}
        />
      </div>
      <CheckGroup
        label={words.names.identity_col}
        hint={text.identityHint}
        problem={problems['identity_col']}
        choices={choices}
        isOn={(name) => draft.identity_col.includes(name)}
        onSet={(name, on) => {
          onChange({ identity_col: toggled(draft.identity_col, name, on) });
        }}
      />
      <CheckGroup
        label={words.names.covariates}
        hint={text.covariatesHint}
        problem={problems['covariates']}
        choices={choices.filter(({ value }) => !draft.identity_col.includes(value))}
        isOn={(name) => draft.covariates.includes(name)}
        onSet={(name, on) => {
          onChange({ covariates: toggled(draft.covariates, name, on) });
        }}
      />
    </fieldset>
  );
}
