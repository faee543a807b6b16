import { useId, useRef, useState } from 'react';
import { uploadData } from '../../../api/automl-changes.ts';
import type { Problems } from '../../../api/automl-request.ts';
import { Button } from '../../../components/button.tsx';
import { bytes } from '../../../components/format.ts';
import { text } from '../../../text/automl-form.ts';
import { TextField } from '../../jobs/text-field.tsx';
import type { SearchDraft } from './draft.ts';

interface DataFieldsProps {
  readonly draft: SearchDraft;
  readonly onChange: (next: Partial<SearchDraft>) => void;
  /** Reads the data that is filled in, or that was uploaded just now. */
  readonly onRead: (dataset?: string) => void;
  readonly problems: Problems;
  readonly unreadable: string | undefined;
  readonly reading: boolean;
  /** Something was read before the fields were changed. */
  readonly moved: boolean;
  readonly isRead: boolean;
  readonly enabled: boolean;
}

const kinds = ['file', 'upload', 'database'] as const;
type Kind = (typeof kinds)[number];

const isDatabase = /^(sqlite|postgres|postgresql|duckdb):/i;

/** Where the rows are: a file on the server, one of this computer, or a database. */
export function DataFields(props: DataFieldsProps) {
  const { draft, onChange, onRead, problems, unreadable, reading, moved, isRead, enabled } = props;
  const id = useId();
  const [kind, setKind] = useState<Kind>(isDatabase.test(draft.dataset) || draft.query !== '' ? 'database' : 'file');
  const [uploading, setUploading] = useState<File>();
  const [failed, setFailed] = useState<string>();
  const chooser = useRef<HTMLInputElement>(null);
  const upload = async (file: File): Promise<void> => {
    setUploading(file);
    setFailed(undefined);
    try {
      const dataset = await uploadData(file);
      onChange({ dataset, query: '' });
      onRead(dataset);
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
    setUploading(undefined);
  };
  const readButton = (
    <Button
      kind={isRead ? 'plain' : 'primary'}
      // Enter in a field does what comes next.
      type={isRead ? 'button' : 'submit'}
      disabled={reading || !enabled}
      onClick={isRead ? () => onRead() : undefined}
    >
      {text.read}
    </Button>
  );
  const aboutQuery =
    unreadable !== undefined && kind === 'database' && /query|sql|syntax|table|column/i.test(unreadable);
  return (
    <fieldset>
      <legend>{text.data}</legend>
      <div className="segments" role="group" aria-label={text.kinds}>
        {kinds.map((one) => (
          <Button
            key={one}
            aria-pressed={one === kind}
            onClick={() => {
              setKind(one);
              if (one !== 'database' && draft.query !== '') onChange({ query: '' });
            }}
          >
            {text.kind[one]}
          </Button>
        ))}
      </div>
      {kind === 'upload' && (
        <div className="field">
          <label htmlFor={`${id}-file`}>{text.file}</label>
          <div
            className="automl-drop"
            onDragOver={(event) => {
              event.preventDefault();
            }}
            onDrop={(event) => {
              event.preventDefault();
              const file = event.dataTransfer.files[0];
              if (file && enabled) void upload(file);
            }}
          >
            <input
              ref={chooser}
              id={`${id}-file`}
              type="file"
              disabled={uploading !== undefined || !enabled}
              aria-invalid={failed !== undefined}
              aria-describedby={`${id}-file-note`}
              accept=".csv,.tsv,.parquet,.pq,.json,.jsonl,.ndjson,.gz"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) void upload(file);
              }}
            />
          </div>
          <p
            id={`${id}-file-note`}
            role="status"
            className={failed === undefined ? 'dim endpoint-hint' : 'field-error'}
          >
            {failed ??
              (uploading
                ? text.uploading(uploading.name, bytes(uploading.size))
                : draft.dataset === ''
                  ? text.fileHint
                  : draft.dataset)}
          </p>
        </div>
      )}
      {kind !== 'upload' && (
        <TextField
          label={kind === 'file' ? text.path : text.database}
          hint={kind === 'file' ? text.pathHint : text.databaseHint}
          problem={(aboutQuery ? undefined : unreadable) ?? problems['dataset']}
          value={draft.dataset}
          autoFocus={draft.dataset === ''}
          onType={(dataset) => {
            onChange({ dataset });
          }}
          beside={kind === 'file' ? readButton : undefined}
        />
      )}
      {kind === 'database' && (
        <>
          <div className="field">
            <label htmlFor={`${id}-query`}>{text.query}</label>
            <textarea
              id={`${id}-query`}
              rows={3}
              spellCheck={false}
              className="mono"
              aria-invalid={aboutQuery || problems['query'] !== undefined}
              aria-describedby={`${id}-query-note`}
              value={draft.query}
              onChange={(event) => {
                onChange({ query: event.target.value });
              }}
            />
            <p
              id={`${id}-query-note`}
              role="status"
              className={aboutQuery || problems['query'] ? 'field-error' : 'dim endpoint-hint'}
            >
              {(aboutQuery ? unreadable : undefined) ?? problems['query'] ?? text.queryHint}
            </p>
          </div>
          <div>{readButton}</div>
        </>
      )}
      {kind === 'upload' && unreadable !== undefined && (
        <p className="field-error" role="alert">
          {unreadable}
        </p>
      )}
      <p role="status" className="dim">
        {reading ? text.reading : moved ? text.changed : ''}
      </p>
    </fieldset>
  );
}
