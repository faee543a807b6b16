import { useId } from 'react';
import { envManagers } from '../../api/endpoint-rules.ts';
import { text } from '../../text/endpoints.ts';
import { problemOf, ranges, type NumberSetting, type SettingsDraft } from './settings.ts';

interface SettingsFieldsProps {
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
}

/** Environment, workers, time limit and capture. */
export function SettingsFields({ draft, onChange }: SettingsFieldsProps) {
  const id = useId();
  const number = (setting: NumberSetting, label: string, hint: string) => {
    const problem = problemOf(setting, draft[setting]);
    return (
      <div className="field">
        <label htmlFor={`${id}-${setting}`}>{label}</label>
        <input
          id={`${id}-${setting}`}
          type="text"
          inputMode={ranges[setting].whole ? 'numeric' : 'decimal'}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-${setting}-note`}
          value={draft[setting]}
          onChange={(event) => {
            onChange({ ...draft, [setting]: event.target.value });
          }}
        />
        <p id={`${id}-${setting}-note`} className={problem === undefined ? 'dim endpoint-hint' : 'field-error'}>
          {problem ?? hint}
        </p>
      </div>
    );
  };
  return (
    <div className="endpoint-settings">
      <div className="field wide">
        <label htmlFor={`${id}-env`}>{text.form.environment}</label>
        <select
          id={`${id}-env`}
          value={draft.env_manager}
          onChange={(event) => {
            const chosen = envManagers.find((one) => one === event.target.value);
            if (chosen) onChange({ ...draft, env_manager: chosen });
          }}
        >
          {envManagers.map((one) => (
            <option key={one} value={one}>
              {text.form.environments[one]}
            </option>
          ))}
        </select>
      </div>
      {number('workers', text.form.workers, text.form.workersHint(ranges.workers.most))}
      {number('timeout', text.form.timeout, text.form.timeoutHint(ranges.timeout.most))}
      {number('capture', text.form.capture, text.form.captureHint)}
      {number('captureMegabytes', text.form.captureBytes, text.form.captureBytesHint)}
    </div>
  );
}
