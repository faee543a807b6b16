import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteExperimentTag, describeExperiment, experimentQuery, setExperimentTag } from '../../api/experiments.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { MarkdownEditor } from '../../components/content/markdown-editor.tsx';
import { Failed, Loading } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { showFailure } from '../../components/toast.tsx';
import { text } from '../../text/experiments.ts';

/** Everything about one experiment that is not its runs; description and tags are edited here. */
export function DetailsDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(experimentQuery(id));
  return (
    <Dialog title={data?.name ?? text.details} kind="drawer" onClose={onClose}>
      {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="details">
          <dl>
            <dt>{text.drawer.id}</dt>
            <dd className="mono">
              {id} <CopyButton value={id} label={text.drawer.copyId} />
            </dd>
            <dt>{text.drawer.location}</dt>
            <dd className="mono">
              {data.artifactLocation} <CopyButton value={data.artifactLocation} label={text.drawer.copyLocation} />
            </dd>
            <dt>{text.drawer.created}</dt>
            <dd>
              <Time at={data.created} />
            </dd>
          </dl>
          <h3>{text.drawer.description}</h3>
          <MarkdownEditor
            label={text.drawer.description}
            value={data.description}
            subject={`experiment ${id}`}
            readOnly={data.deleted}
            onSave={(value) => describeExperiment(id, value)}
          />
          <h3>{text.drawer.tags}</h3>
          {data.tags.length === 0 && <p className="dim">{text.drawer.noTags}</p>}
          <ul className="details-tags">
            {data.tags.map(({ key, value }) => (
              <li key={key}>
                <span className="mono">{key}</span>
                <span className="details-value">{value}</span>
                {!data.deleted && (
                  <IconButton
                    icon="close"
                    label={text.form.removeTag(key)}
                    onClick={() => void deleteExperimentTag(id, key).catch(showFailure)}
                  />
                )}
              </li>
            ))}
          </ul>
          {!data.deleted && <NewTag id={id} />}
        </div>
      )}
    </Dialog>
  );
}

function NewTag({ id }: { id: string }) {
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const save = async (): Promise<void> => {
    try {
      await setExperimentTag(id, key, value);
      setKey('');
      setValue('');
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <form
      className="tag-field"
      onSubmit={(event) => {
        event.preventDefault();
        if (key !== '') void save();
      }}
    >
      <input
        type="text"
        aria-label={text.form.tagKey}
        placeholder={text.form.tagKey}
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <input
        type="text"
        aria-label={text.form.tagValue}
        placeholder={text.form.tagValue}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button type="submit" icon="plus" disabled={key === ''}>
        {text.form.addTag}
      </Button>
    </form>
  );
}
