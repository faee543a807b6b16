import { useState } from 'react';
import { changeTag, removeTag, type RunDetail } from '../../../api/run.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { showFailure, showToast } from '../../../components/toast.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';
import { LineEditor } from '../line-editor.tsx';
import { LongValue } from '../long-value.tsx';
import { NewTag } from './new-tag.tsx';

/** More are shown on request only; hardly any run has them. */
const shownTags = 100;

export function Tags({ run, words }: { run: RunDetail; words: string }) {
  const [adding, setAdding] = useState(false);
  const [all, setAll] = useState(false);
  const tags = [...run.tags].filter(([key, value]) => matches(key, value, words));
  const own = tags.filter(([key]) => !key.startsWith('mlflow.'));
  const system = tags.filter(([key]) => key.startsWith('mlflow.') && key !== 'mlflow.note.content');
  return (
    <section>
      <div className="section-head">
        <h2>
          {text.tags} <span className="dim">{count(own.length)}</span>
        </h2>
        <span className="spacer" />
        <IconButton
          icon="plus"
          label={text.addTag}
          onClick={() => {
            setAdding(true);
          }}
        />
      </div>
      {adding && (
        <NewTag
          run={run}
          onEnd={() => {
            setAdding(false);
          }}
        />
      )}
      {own.length === 0 && !adding && <p className="dim">{words === '' ? text.noTags : text.noMatch(words)}</p>}
      <ul className="run-tags">
        {own.slice(0, all ? undefined : shownTags).map(([key, value]) => (
          <TagRow key={key} run={run} name={key} value={value} />
        ))}
      </ul>
      {own.length > shownTags && !all && (
        <Button
          kind="quiet"
          onClick={() => {
            setAll(true);
          }}
        >
          {text.showAll}
        </Button>
      )}
      {system.length > 0 && (
        <details>
          <summary className="dim">{text.systemTags(count(system.length))}</summary>
          <ul className="run-tags">
            {system.map(([key, value]) => (
              <li key={key}>
                <span className="tag-key" title={key}>
                  {key}
                </span>
                <LongValue name={key} value={value} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function matches(key: string, value: string, words: string): boolean {
  return words === '' || key.toLowerCase().includes(words) || value.toLowerCase().includes(words);
}

function TagRow({ run, name, value }: { run: RunDetail; name: string; value: string }) {
  const [editing, setEditing] = useState(false);
  const remove = async (): Promise<void> => {
    try {
      await removeTag(run, name);
      const undo = (): void => void changeTag(run, name, value).catch(showFailure);
      showToast({ message: text.tagRemoved(name), action: { label: common.undo, run: undo } });
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <li>
      <span className="tag-key" title={name}>
        {name}
      </span>
      {editing ? (
        <LineEditor
          label={text.editTag(name)}
          value={value}
          multiline={value.length > 60 || value.includes('\n')}
          onSave={(next) => changeTag(run, name, next)}
          onEnd={() => {
            setEditing(false);
          }}
        />
      ) : (
        <>
          <LongValue name={name} value={value} />
          <span className="tag-actions">
            <IconButton
              icon="pencil"
              label={text.editTag(name)}
              onClick={() => {
                setEditing(true);
              }}
            />
            <IconButton icon="trash" label={text.removeTag(name)} onClick={() => void remove()} />
          </span>
        </>
      )}
    </li>
  );
}
