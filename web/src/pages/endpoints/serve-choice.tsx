import { useId } from 'react';
import { text } from '../../text/endpoints.ts';
import { modelUri } from '../models/model-name.ts';

interface ServeChoiceProps {
  readonly model: string;
  /** Newest first. */
  readonly versions: readonly string[];
  readonly aliases: readonly { readonly alias: string; readonly version: string }[];
  readonly value: string;
  readonly onChange: (uri: string) => void;
}

/** A version that stays, or an alias that is followed. */
export function ServeChoice({ model, versions, aliases, value, onChange }: ServeChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text.deploy.serve}</label>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        {versions.map((version) => (
          <option key={version} value={modelUri(model, { version })}>
            {text.deploy.version(version)}
          </option>
        ))}
        {aliases.map(({ alias, version }) => (
          <option key={alias} value={modelUri(model, { alias })}>
            {text.deploy.aliasNow(alias, version)}
          </option>
        ))}
      </select>
      <p id={`${id}-note`} className="dim endpoint-hint">
        {value.startsWith(`models:/${model}@`) ? text.deploy.follows : text.deploy.stays}
      </p>
    </div>
  );
}
