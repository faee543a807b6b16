import { useId } from 'react';
import { projectEnvManagers } from '../../api/job-rules.ts';
import { text } from '../../text/jobs.ts';
import { useExperimentsFound } from '../runs/find-experiments.ts';
import { attemptsProblem, type ProjectDraft } from './project-draft.ts';
import { TextField } from './text-field.tsx';

const suggested = 20;

interface RecordFieldsProps {
  readonly draft: ProjectDraft;
  readonly onChange: (draft: ProjectDraft) => void;
  readonly refused: string | undefined;
}

/** Where the run is kept, what it is called, and how its environment is made. */
export function RecordFields({ draft, onChange, refused }: RecordFieldsProps) {
  const id = useId();
  const { experiments } = useExperimentsFound(draft.experiment, suggested);
  return (
    <fieldset>
      <legend>{text.form.record}</legend>
      <div className="project-two">
        <TextField
          label={text.form.experiment}
          hint={text.form.experimentHint}
          problem={refused}
          list={`${id}-experiments`}
          value={draft.experiment}
          onType={(experiment) => {
            onChange({ ...draft, experiment });
          }}
        />
        <datalist id={`${id}-experiments`}>
          {experiments.map(({ id: experimentId, name }) => (
            <option key={experimentId} value={name} />
          ))}
        </datalist>
        <TextField
          label={text.form.runName}
          hint={text.form.runNameHint}
          problem={undefined}
          value={draft.runName}
          onType={(runName) => {
            onChange({ ...draft, runName });
          }}
        />
        <div className="field">
          <label htmlFor={`${id}-env`}>{text.form.environment}</label>
          <select
            id={`${id}-env`}
            value={draft.environment}
            onChange={(event) => {
              onChange({ ...draft, environment: event.target.value });
            }}
          >
            {(['', ...projectEnvManagers] as const).map((one) => (
              <option key={one} value={one}>
                {text.form.environments[one]}
              </option>
            ))}
          </select>
        </div>
        <TextField
          label={text.form.attempts}
          hint={text.form.attemptsHint}
          problem={attemptsProblem(draft.attempts)}
          inputMode="numeric"
          value={draft.attempts}
          onType={(attempts) => {
            onChange({ ...draft, attempts });
          }}
        />
      </div>
    </fieldset>
  );
}
