import { useMemo } from 'react';
import { parseJson } from '../../../../components/content/parse-json.ts';
import { Numeral } from '../../../../components/content/numeral.ts';
import type { TableValue } from '../../../../components/content/table-view-rows.ts';
import { bytes as sizeOf } from '../../../../components/format.ts';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { RowsView } from './rows-view.tsx';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function JsonlPreview({ file }: PreviewProps) {
  return <WithText file={file}>{(loaded) => <Lines name={file.name} size={file.size} {...loaded} />}</WithText>;
}

function Lines({ name, size, text, complete }: LoadedText & { name: string; size: number }) {
  // Of a part of a file, the last line may be a part of a line.
  const table = useMemo(
    () => tableOfLines(complete ? text : text.slice(0, text.lastIndexOf('\n') + 1)),
    [text, complete],
  );
  const [as, choice] = useViewAs([
    ...(table ? [{ key: 'table', label: words.asTable }] : []),
    { key: 'text', label: words.asText },
  ]);
  const firstOf = complete ? undefined : words.aFileOf(sizeOf(size));
  if (table && as === 'table') return <RowsView label={name} {...table} firstOf={firstOf} extra={choice} />;
  return <TextView name={name} text={text} language="data" extra={choice} />;
}

const mostColumns = 500;

/** One row for each object; a line that is none fills the first column. Undefined if no line is an object. */
function tableOfLines(text: string) {
  const names = new Map<string, number>();
  const rows: TableValue[][] = [];
  let objects = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const parsed = parseJson(line);
    const value = 'value' in parsed ? parsed.value : null;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Numeral) {
      rows.push([line.slice(0, 1000)]);
      continue;
    }
    objects++;
    const row: TableValue[] = [];
    for (const [key, cell] of Object.entries(value)) {
      const known = names.get(key) ?? (names.size < mostColumns ? names.size : undefined);
      if (known === undefined) continue;
      names.set(key, known);
      row[known] = cell;
    }
    rows.push(row);
  }
  return objects === 0 ? undefined : { columns: [...names.keys()].map((name) => ({ name })), rows };
}
