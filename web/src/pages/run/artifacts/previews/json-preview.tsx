import { useCallback, useMemo } from 'react';
import { downloadUrl } from '../../../../api/artifacts.ts';
import { parseJson } from '../../../../components/content/parse-json.ts';
import type { Json } from '../../../../components/content/json-tree-rows.ts';
import type { TableValue } from '../../../../components/content/table-view-rows.ts';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { JsonView } from './json-view.tsx';
import { RowsView } from './rows-view.tsx';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function JsonPreview({ file }: PreviewProps) {
  return (
    <WithText file={file} whole>
      {(loaded) =>
        loaded.complete ? (
          <JsonText runId={file.runId} name={file.name} {...loaded} />
        ) : (
          <TextView name={file.name} {...loaded} />
        )
      }
    </WithText>
  );
}

function JsonText({ runId, name, text }: LoadedText & { runId: string; name: string }) {
  const parsed = useMemo(() => parseJson(text), [text]);
  const table = useMemo(() => ('value' in parsed ? tableOf(parsed.value) : undefined), [parsed]);
  const imageOf = useCallback((value: TableValue) => imageIn(value, runId), [runId]);
  const [as, choice] = useViewAs([
    ...(table ? [{ key: 'table', label: words.asTable }] : []),
    { key: 'tree', label: words.asTree },
    { key: 'text', label: words.asText },
  ]);
  if ('failure' in parsed) {
    return (
      <>
        <p className="preview-note" role="status">
          {words.brokenJson(parsed.failure)}
        </p>
        <TextView name={name} text={text} />
      </>
    );
  }
  if (table && as === 'table') return <RowsView label={name} {...table} imageOf={imageOf} extra={choice} />;
  if (as === 'text') return <TextView name={name} text={text} language="data" extra={choice} />;
  return <JsonView name={name} value={parsed.value} extra={choice} />;
}

export interface Table {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly TableValue[])[];
}

/** What `mlflow.log_table` wrote: pandas' split form. */
export function tableOf(value: Json): Table | undefined {
  if (typeof value !== 'object' || value === null || !('columns' in value) || !('data' in value)) return undefined;
  const { columns, data } = value;
  if (!Array.isArray(columns) || !Array.isArray(data)) return undefined;
  if (!columns.every((name) => typeof name === 'string') || !data.every((row) => Array.isArray(row))) return undefined;
  return { columns: columns.map((name) => ({ name })), rows: data as readonly (readonly TableValue[])[] };
}

/** What `mlflow.log_table` leaves of an image: the paths of its file and of a smaller one, among the run's artifacts. */
function imageIn(value: TableValue, runId: string): string | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'image') return undefined;
  const path = 'filepath' in value ? value.filepath : undefined;
  return typeof path === 'string' && !path.startsWith('models:') ? downloadUrl(runId, path) : undefined;
}
