/** Code that calls an endpoint, ready to be pasted. */
import { quoted } from '../models/snippet-data.ts';
import { isRecord } from './try/json.ts';
import { jsonText } from './try/predictions.ts';

export const languages = ['curl', 'python', 'typescript'] as const;
export type Language = (typeof languages)[number];

export function callSnippets(url: string, request: unknown): Readonly<Record<Language, string>> {
  const json = jsonText(request);
  return {
    curl: `curl ${quoted(url)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(json)}`,
    python: [
      'import requests',
      '',
      `request = ${pythonValue(request)}`,
      `answer = requests.post(${JSON.stringify(url)}, json=request, timeout=60)`,
      'answer.raise_for_status()',
      'print(answer.json()["predictions"])',
    ].join('\n'),
    typescript: [
      `const answer = await fetch(${JSON.stringify(url)}, {`,
      "  method: 'POST',",
      "  headers: { 'content-type': 'application/json' },",
      `  body: JSON.stringify(${json}),`,
      '});',
      'if (!answer.ok) throw new Error(await answer.text());',
      'const { predictions } = await answer.json();',
      'console.log(predictions);',
    ].join('\n'),
  };
}

/** JSON's strings are Python's too. */
function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (!isRecord(value)) return jsonText(value);
  const parts = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${pythonValue(part)}`);
  return `{${parts.join(', ')}}`;
}

const mostRows = 2;

/** An example of many rows is told by its first. */
export function shortRequest(request: unknown): unknown {
  if (!isRecord(request)) return request;
  const { dataframe_split: split, dataframe_records: records, inputs, instances } = request;
  const first = (list: unknown): unknown => (Array.isArray(list) ? list.slice(0, mostRows) : list);
  return {
    ...request,
    ...(isRecord(split) && { dataframe_split: { ...split, index: undefined, data: first(split['data']) } }),
    ...(records !== undefined && { dataframe_records: first(records) }),
    ...(inputs !== undefined && { inputs: first(inputs) }),
    ...(instances !== undefined && { instances: first(instances) }),
  };
}
