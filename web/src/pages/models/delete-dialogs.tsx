/** Deleting cannot be undone, so these ask first and name the addresses that people may have in their code. */
import { useId, useState } from 'react';
import { deleteModel, deleteVersion } from '../../api/model-changes.ts';
import type { Model } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { count } from '../../components/format.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/models.ts';
import { firstFocus } from '../../components/first-focus.ts';
import { modelUri } from './model-name.ts';

interface DeleteModelProps {
  readonly model: Model;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

export function DeleteModelDialog({ model, onClose, onDeleted }: DeleteModelProps) {
  const id = useId();
  const { name, aliases, stages } = model;
  const [typed, setTyped] = useState('');
  const asksName = model.version_count > 0;
  const remove = async (): Promise<void> => {
    try {
      await deleteModel(name);
      showToast({ message: text.deleteModel.done(name) });
      onDeleted();
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <Dialog title={text.deleteModel.title(name)} onClose={onClose}>
      <p>
        {model.version_count > 0 ? text.deleteModel.versions(count(model.version_count)) : text.deleteModel.noVersions}
      </p>
      <Addresses
        title={text.deleteModel.breaks}
        uris={[
          ...aliases.map(({ alias }) => modelUri(name, { alias })),
          ...new Set(stages.map(({ stage }) => modelUri(name, { stage }))),
        ]}
      />
      <form
        className="page-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!asksName || typed === name) void remove();
        }}
      >
        {asksName && (
          <div className="field">
            <label htmlFor={id}>{text.deleteModel.type(name)}</label>
            <input
              id={id}
              ref={firstFocus}
              autoComplete="off"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
              }}
            />
          </div>
        )}
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="danger" type="submit" disabled={asksName && typed !== name}>
            {text.deleteModel.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface DeleteVersionProps {
  readonly name: string;
  readonly version: string;
  readonly aliases: readonly string[];
  readonly stage: string;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteVersionDialog({ name, version, aliases, stage, onClose, onDeleted }: DeleteVersionProps) {
  const remove = async (): Promise<void> => {
    try {
      await deleteVersion(name, version);
      showToast({ message: text.deleteVersion.done(version) });
      onClose();
      onDeleted?.();
    } catch (error) {
      showFailure(error);
    }
  };
  const uris = [
    modelUri(name, { version }),
    ...aliases.map((alias) => modelUri(name, { alias })),
    ...(stage === 'None' || stage === 'Archived' ? [] : [modelUri(name, { stage })]),
  ];
  return (
    <Dialog title={text.deleteVersion.title(version)} onClose={onClose}>
      <p>{text.deleteVersion.about}</p>
      {aliases.length > 0 && (
        <p className="page-warn">{text.deleteVersion.inUse(aliases.map((alias) => `@${alias}`).join(', '))}</p>
      )}
      <Addresses title={text.deleteVersion.breaks} uris={uris} />
      <div className="actions">
        <Button ref={firstFocus} onClick={onClose}>
          {common.cancel}
        </Button>
        <Button kind="danger" onClick={() => void remove()}>
          {text.deleteVersion.action}
        </Button>
      </div>
    </Dialog>
  );
}

function Addresses({ title, uris }: { title: string; uris: readonly string[] }) {
  if (uris.length === 0) return undefined;
  return (
    <div>
      <p className="page-warn">{title}</p>
      <ul className="models-uris">
        {uris.map((uri) => (
          <li key={uri}>
            <code>{uri}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
