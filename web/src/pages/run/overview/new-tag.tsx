import { useState, type SyntheticEvent } from 'react';
import { changeTag, type RunDetail } from '../../../api/run.ts';
import { Button } from '../../../components/button.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';

/** A new tag; when saving fails it says so and keeps what was typed. */
export function NewTag({ run, onEnd }: { run: RunDetail; onEnd: () => void }) {
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [error, setError] = useState('');
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    try {
      await changeTag(run, key.trim(), value);
      onEnd();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  };
  return (
    <form
      className="new-tag"
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd();
      }}
    >
      <input
        autoFocus
        required
        aria-label={text.tagKey}
        placeholder={common.key}
        value={key}
        onChange={(event) => {
          setKey(event.target.value);
        }}
      />
      <input
        aria-label={text.tagValue}
        placeholder={common.value}
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
        }}
      />
      {error !== '' && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="actions">
        <Button type="submit" kind="primary" disabled={key.trim() === ''}>
          {common.save}
        </Button>
        <Button onClick={onEnd}>{common.cancel}</Button>
      </div>
    </form>
  );
}
