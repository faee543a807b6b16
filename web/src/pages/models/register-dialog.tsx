import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { addVersion, createModel } from '../../api/model-changes.ts';
import { modelNamed } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/models.ts';
import { nameProblem } from './model-name.ts';
import { NameChoice } from './name-choice.tsx';

interface RegisterDialogProps {
  /** Where the model's files are: a run's artifact folder, `models:/<id>` of a logged model, or `models:/name/3`. */
  readonly source: string;
  /** Instead of the registration by the source. Gives the version. */
  readonly onRegister?: (name: string, description: string) => Promise<string>;
  readonly runId?: string;
  /** The logged model that is registered. */
  readonly modelId?: string;
  readonly title?: string;
  readonly action?: string;
  /** What a person should know before. */
  readonly note?: string | undefined;
  readonly onClose: () => void;
}

export function RegisterDialog(props: RegisterDialogProps) {
  const { source, runId, modelId, title, action, note, onClose } = props;
  const id = useId();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);
  const good = nameProblem(name) === undefined;
  // It may have got a version since it was last looked at.
  const { data: existing } = useQuery({ ...modelNamed(name), enabled: good, staleTime: 0 });
  const bySource = async (): Promise<string> => {
    if (existing === null) await createModel(name, '');
    return addVersion({
      name,
      source,
      ...(runId === undefined ? {} : { run_id: runId }),
      ...(modelId === undefined ? {} : { model_id: modelId }),
      ...(description === '' ? {} : { description }),
    });
  };
  const register = async (): Promise<void> => {
    if (nameProblem(name) !== undefined) {
      setFailure(nameProblem(name));
      return;
    }
    setSaving(true);
    try {
      const version = await (props.onRegister?.(name, description) ?? bySource());
      const open = (): void => {
        void navigate({ to: '/models/$name/versions/$version', params: { name, version } });
      };
      showToast({ message: text.register.done(name, version), action: { label: text.open, run: open } });
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setSaving(false);
    }
  };
  return (
    <Dialog title={title ?? text.register.title} onClose={onClose}>
      <form
        className="page-form"
        onSubmit={(event) => {
          event.preventDefault();
          void register();
        }}
      >
        <NameChoice
          value={name}
          problem={failure}
          existing={existing}
          onChange={(typed) => {
            setName(typed);
            setFailure(undefined);
          }}
        />
        <div className="field">
          <label htmlFor={id}>{text.register.description}</label>
          <textarea
            id={id}
            rows={3}
            value={description}
            onChange={(event) => {
              setDescription(event.target.value);
            }}
          />
        </div>
        {note !== undefined && <p className="banner">{note}</p>}
        <p className="dim models-source" title={source}>
          {text.facts.source}: <code>{source}</code>
        </p>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={saving || existing === undefined || !good}>
            {action ?? text.register.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
