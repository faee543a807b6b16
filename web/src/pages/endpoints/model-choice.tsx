import { useQuery } from '@tanstack/react-query';
import { useEffect, useId } from 'react';
import { findModels, modelNamed, newestVersions } from '../../api/models.ts';
import { count } from '../../components/format.ts';
import { text } from '../../text/endpoints.ts';
import { firstFocus } from '../../components/first-focus.ts';
import { modelUri } from '../models/model-name.ts';
import { ServeChoice } from './serve-choice.tsx';

interface ModelChoiceProps {
  readonly model: string;
  readonly onModel: (name: string) => void;
  /** What is served of it; empty until a model is named. */
  readonly uri: string;
  readonly onUri: (uri: string) => void;
  /** What is served already: another version is meant. */
  readonly served?: readonly string[];
}

const none: readonly string[] = [];

/** A registered model, found while its name is typed, and which of its versions. */
export function ModelChoice({ model, onModel, uri, onUri, served = none }: ModelChoiceProps) {
  const id = useId();
  const found = useQuery({
    queryKey: ['models', 'choice', model],
    queryFn: ({ signal }) => findModels({ text: model }, 8, 0, signal),
    placeholderData: (before) => before,
  });
  const { data: existing } = useQuery({ ...modelNamed(model), enabled: model !== '' });
  const { data: versions } = useQuery({ ...newestVersions(model), enabled: Boolean(existing) });
  const chosen = existing && versions;
  const isOwn = uri.startsWith(`models:/${model}/`) || uri.startsWith(`models:/${model}@`);
  const uris = (versions ?? []).map((version) => modelUri(model, { version }));
  const first = uris.find((one) => !served.includes(one)) ?? uris[0] ?? '';
  useEffect(() => {
    if (chosen ? !isOwn && uri !== first : uri !== '') onUri(first);
  }, [chosen, isOwn, uri, first, onUri]);
  const note =
    model === ''
      ? text.deploy.modelHint
      : existing === null
        ? text.deploy.noModel(model)
        : versions?.length === 0
          ? text.deploy.noVersions
          : existing
            ? text.deploy.versions(count(existing.version_count))
            : '…';
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{text.deploy.model}</label>
        <input
          id={id}
          ref={firstFocus}
          type="text"
          list={`${id}-models`}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-note`}
          value={model}
          onChange={(event) => {
            onModel(event.target.value);
          }}
        />
        <datalist id={`${id}-models`}>
          {found.data?.rows.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <p id={`${id}-note`} role="status" className="dim endpoint-hint">
          {note}
        </p>
      </div>
      {chosen && versions.length > 0 && (
        <ServeChoice model={model} versions={versions} aliases={existing.aliases} value={uri} onChange={onUri} />
      )}
    </>
  );
}
