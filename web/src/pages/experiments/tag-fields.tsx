import { useRef } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { text } from '../../text/experiments.ts';

export interface TagDraft {
  /** Tells rows apart while their keys are typed. */
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

interface TagFieldsProps {
  readonly tags: readonly TagDraft[];
  readonly onTags: (tags: readonly TagDraft[]) => void;
}

/** Rows of key and value to be filled in. */
export function TagFields({ tags, onTags }: TagFieldsProps) {
  const next = useRef(1);
  const change = (id: number, part: Partial<TagDraft>): void => {
    onTags(tags.map((tag) => (tag.id === id ? { ...tag, ...part } : tag)));
  };
  return (
    <fieldset className="tag-fields">
      <legend>{text.form.tags}</legend>
      {tags.map(({ id, key, value }) => (
        <div key={id} className="tag-field">
          <input
            type="text"
            autoFocus
            aria-label={text.form.tagKey}
            placeholder={text.form.tagKey}
            value={key}
            onChange={(event) => change(id, { key: event.target.value })}
          />
          <input
            type="text"
            aria-label={text.form.tagValue}
            placeholder={text.form.tagValue}
            value={value}
            onChange={(event) => change(id, { value: event.target.value })}
          />
          <IconButton
            icon="close"
            label={text.form.removeTag(key)}
            onClick={() => onTags(tags.filter((tag) => tag.id !== id))}
          />
        </div>
      ))}
      <Button icon="plus" kind="quiet" onClick={() => onTags([...tags, { id: next.current++, key: '', value: '' }])}>
        {text.form.addTag}
      </Button>
    </fieldset>
  );
}
