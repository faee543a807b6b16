import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { prefix } from '../../api/client.ts';
import { addEndpoint } from '../../api/endpoint-changes.ts';
import { endpointList } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/endpoints.ts';
import { modelUri } from '../models/model-name.ts';
import { serve } from './actions.ts';
import { EndpointNameField } from './endpoint-name-field.tsx';
import { nameProblem, suggestedName } from './endpoint-name.ts';
import { firstHow, HowFields, sharesOf } from './how-fields.tsx';
import { ModelChoice } from './model-choice.tsx';
import { ServeChoice } from './serve-choice.tsx';
import { addressOf, alone } from './served.ts';
import { SettingsFields } from './settings-fields.tsx';
import { changeOf, isGood, usualSettings } from './settings.ts';

interface DeployDialogProps {
  /** What is deployed; without it a model is chosen first. */
  readonly of?: { readonly model: string; readonly version: string; readonly aliases: readonly string[] };
  readonly onClose: () => void;
}

/** Makes an endpoint, or puts a version on one that is there. */
export function DeployDialog({ of, onClose }: DeployDialogProps) {
  const id = useId();
  const navigate = useNavigate();
  const { data: endpoints } = useQuery(endpointList());
  const [model, setModel] = useState(of?.model ?? '');
  const [uri, setUri] = useState(of ? modelUri(of.model, of) : '');
  const [typedName, setName] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const [how, setHow] = useState(firstHow);
  const [settings, setSettings] = useState(usualSettings);
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);

  const taken = (endpoints ?? []).map(({ name }) => name);
  const name = typedName ?? (uri === '' ? '' : suggestedName(addressOf(uri).name, taken));
  const problem = nameProblem(name) ?? (taken.includes(name) ? text.name.taken : undefined);
  const existing = endpoints?.find((endpoint) => endpoint.name === chosen);
  const good = uri !== '' && endpoints && (existing ? true : problem === undefined && isGood(settings));

  const deploy = async (): Promise<void> => {
    setSaving(true);
    setFailure(undefined);
    try {
      if (existing) {
        const shares = sharesOf(how, existing, uri);
        if (!(await serve(existing.name, shares, existing.served_models, text.deploy.changed(existing.name)))) {
          setSaving(false);
          return;
        }
      } else {
        await addEndpoint({ name, served_models: alone(uri), ...changeOf(settings, usualSettings) });
        showToast({ message: text.deploy.created(name) });
      }
      onClose();
      await navigate({ to: '/endpoints/$name', params: { name: existing?.name ?? name } });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setSaving(false);
    }
  };

  return (
    <Dialog title={of ? text.deploy.title(of.model, of.version) : text.create} onClose={onClose}>
      <form
        className="page-form endpoint-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (good && !saving) void deploy();
        }}
      >
        {of ? (
          <ServeChoice
            model={of.model}
            versions={[of.version]}
            aliases={of.aliases.map((alias) => ({ alias, version: of.version }))}
            value={uri}
            onChange={setUri}
          />
        ) : (
          <ModelChoice model={model} onModel={setModel} uri={uri} onUri={setUri} />
        )}
        {of && taken.length > 0 && (
          <fieldset className="endpoint-choices">
            <legend>{text.deploy.where}</legend>
            <label>
              <input
                type="radio"
                name={`${id}-where`}
                checked={!existing}
                onChange={() => {
                  setChosen(undefined);
                }}
              />
              {text.deploy.fresh}
            </label>
            <label>
              <input
                type="radio"
                name={`${id}-where`}
                checked={existing !== undefined}
                onChange={() => {
                  const ofModel = endpoints?.find(({ served_models: served }) =>
                    served.some((one) => one.model_name === of.model),
                  );
                  setChosen((ofModel ?? endpoints?.[0])?.name);
                }}
              />
              {text.deploy.existing}
            </label>
          </fieldset>
        )}
        {existing ? (
          <>
            <div className="field">
              <label htmlFor={`${id}-endpoint`}>{text.deploy.endpoint}</label>
              <select
                id={`${id}-endpoint`}
                value={existing.name}
                onChange={(event) => {
                  setChosen(event.target.value);
                }}
              >
                {taken.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            </div>
            <HowFields endpoint={existing} uri={uri} how={how} onChange={setHow} />
          </>
        ) : (
          <>
            <EndpointNameField
              value={name}
              // A name that is suggested is no mistake of anybody's.
              problem={typedName === undefined && name === '' ? undefined : problem}
              hint={text.deploy.nameHint(`${prefix}/endpoints/${name === '' ? '…' : name}/invocations`)}
              onChange={setName}
            />
            <details className="endpoint-more">
              <summary>{text.deploy.more}</summary>
              <SettingsFields draft={settings} onChange={setSettings} />
            </details>
          </>
        )}
        {failure !== undefined && (
          <p className="field-error" role="alert">
            {failure}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={!good || saving}>
            {text.deploy.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
