import { useState, type KeyboardEvent } from 'react';
import type { KeyValue } from '../../api/models.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/models.ts';
import { removeTag, saveTag, type TagOwner } from './actions.ts';
import { shownTags } from './chips.tsx';

/** Longer values are shown cut; the whole one is in the field when it is edited. */
const shownLength = 200;

/** Tags as chips: a press on one edits it in its place. Enter saves, Escape leaves it. */
export function TagList({ owner, tags }: { owner: TagOwner; tags: readonly KeyValue[] }) {
  const [editing, setEditing] = useState<string>();
  const shown = shownTags(tags);
  const end = (): void => {
    setEditing(undefined);
  };
  return (
    <div className="chips wrap" role="group" aria-label={text.tags}>
      {shown.map(({ key, value }) => {
        if (editing === key) return <TagForm key={key} owner={owner} tag={{ key, value }} onEnd={end} />;
        const seen = value === '' ? key : `${key}: ${value.slice(0, shownLength)}`;
        return (
          <span key={key} className="chip tag removable">
            <button
              type="button"
              className="chip-text"
              aria-label={text.editTag(seen)}
              title={seen}
              onClick={() => {
                setEditing(key);
              }}
            >
              {key}
              {value !== '' && <span className="dim">: {value.slice(0, shownLength)}</span>}
            </button>
            <IconButton icon="close" label={text.removeTag(key)} onClick={() => void removeTag(owner, key, value)} />
          </span>
        );
      })}
      {editing === '' ? (
        <TagForm owner={owner} tags={shown} onEnd={end} />
      ) : (
        <Button
          kind="quiet"
          icon="plus"
          onClick={() => {
            setEditing('');
          }}
        >
          {text.addTag}
        </Button>
      )}
    </div>
  );
}

interface TagFormProps {
  readonly owner: TagOwner;
  /** The tag that is edited; without one the form adds one. */
  readonly tag?: KeyValue;
  readonly tags?: readonly KeyValue[];
  readonly onEnd: () => void;
}

function TagForm({ owner, tag, tags = [], onEnd }: TagFormProps) {
  const [key, setKey] = useState(tag?.key ?? '');
  const [value, setValue] = useState(tag?.value ?? '');
  const save = async (): Promise<void> => {
    const before = tag?.value ?? tags.find((other) => other.key === key)?.value;
    // A tag that could not be saved stays in the form.
    if (key !== '' && (await saveTag(owner, key, value, before))) onEnd();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.preventDefault();
    onEnd();
  };
  return (
    <form
      className="page-line tag-form"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {tag ? (
        <span className="mono">{tag.key}</span>
      ) : (
        <input
          autoFocus
          aria-label={text.tagKey}
          placeholder={common.key}
          value={key}
          onChange={(event) => {
            setKey(event.target.value);
          }}
        />
      )}
      <input
        autoFocus={tag !== undefined}
        aria-label={text.tagValue}
        placeholder={common.value}
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
        }}
      />
      <Button kind="primary" type="submit" disabled={key === ''}>
        {common.save}
      </Button>
      <Button kind="quiet" onClick={onEnd}>
        {common.cancel}
      </Button>
    </form>
  );
}
