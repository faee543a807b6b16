import * as api from '../../src/protocol/api.ts';
import type { RouteContract } from '../../src/protocol/route.ts';
import type { Field, Fields } from '../../src/protocol/schema.ts';
import { fieldNotes } from './field-notes.ts';
import { anchor, code, page, table } from './markdown.ts';
import { families, isContract, type DocumentedRoute, type Family } from './mounted-routes.ts';

/** The messages of answers that have a name in `protocol/`; the others are shown where they are used. */
const messages = new Map<Fields, string>();
for (const declared of Object.values(api)) {
  for (const [name, value] of Object.entries<unknown>(declared)) {
    if (isMessage(value)) messages.set(value, name.charAt(0).toUpperCase() + name.slice(1));
  }
}

function isMessage(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || isContract(value)) return false;
  const fields = Object.values<unknown>({ ...value });
  return fields.length > 0 && fields.every((field) => typeof field === 'object' && field !== null && 'kind' in field);
}

interface Flat {
  readonly path: string;
  readonly field: Field;
}

/** Fields with those of the messages within, as `tags[].key`; messages for which `stops` holds are not opened. */
function flatten(fields: Fields, stops: (message: Fields) => boolean, prefix = ''): Flat[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = prefix + name;
    if (!field.message || stops(field.message)) return [{ path, field }];
    return [{ path, field }, ...flatten(field.message, stops, `${path}${field.repeated ? '[]' : ''}.`)];
  });
}

function typeOf(field: Field, link: boolean): string {
  const name = field.message && messages.get(field.message);
  const kinds: Partial<Record<Field['kind'], string>> = {
    enum: (field.values ?? []).map(code).join(', '),
    message: name !== undefined && link ? `[${name}](${anchor(name)})` : 'object',
  };
  const one = kinds[field.kind] ?? field.kind;
  return field.repeated ? `list of ${one}` : one;
}

function presence(field: Field): string {
  if (field.required) return 'required';
  return field.default === undefined ? 'optional' : `default ${code(JSON.stringify(field.default))}`;
}

/** For fields that a rule requires where the schema does not. */
const mustBeGiven = /^must be given(: )?/;

function requestTable({ name, path: route, request }: RouteContract): string {
  const rows = flatten(request, () => false).map(({ path, field }) => {
    const note = fieldNotes[`${name}.${path}`] ?? fieldNotes[path] ?? '';
    const needed = mustBeGiven.test(note) ? 'required' : presence(field);
    const limits = [route.includes(`{${path}}`) ? 'in the path' : '', note.replace(mustBeGiven, '')];
    return [code(path), typeOf(field, false), needed, limits.filter((limit) => limit !== '').join('; ')];
  });
  return rows.length === 0 ? 'The request has no fields.' : table(['Request', 'Type', 'Presence', 'Limits'], rows);
}

function fieldTable(head: string, fields: Fields): string {
  const rows = flatten(fields, (message) => messages.has(message)).map(({ path, field }) => [
    code(path),
    typeOf(field, true),
  ]);
  return table([head, 'Type'], rows);
}

function section({ name, permission, summary, mounts, contract }: DocumentedRoute): string[] {
  const paths = mounts.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`));
  const blocks = [`### ${name}`, summary, `\`\`\`http\n${paths.join('\n')}\n\`\`\``, `Permission: ${code(permission)}`];
  if (!contract) return blocks;
  const answer =
    Object.keys(contract.response).length === 0 ? 'The answer is `{}`.' : fieldTable('Answer', contract.response);
  return [...blocks, requestTable(contract), answer];
}

function overview({ title, routes }: Family): string[] {
  const rows = routes.map(({ name, permission, mounts }) => [
    `[${name}](${anchor(name)})`,
    [...new Set(mounts.flatMap(({ methods }) => methods))].join(', '),
    code(mounts[0]?.path ?? ''),
    code(permission),
  ]);
  return [`## ${title}`, table(['Name', 'Method', 'Path', 'Permission'], rows)];
}

/** Keys of `field-notes.ts` that name no field: left over when a field was renamed. */
function strayNotes(): string[] {
  const known = new Set<string>();
  for (const { contract } of families().flatMap(({ routes }) => routes)) {
    for (const { path } of contract ? flatten(contract.request, () => false) : []) {
      known.add(path).add(`${contract?.name}.${path}`);
    }
  }
  return Object.keys(fieldNotes).filter((key) => !known.has(key));
}

export function routesPage(): Promise<string> {
  const stray = strayNotes();
  if (stray.length > 0) throw new Error(`field-notes.ts has notes for fields that do not exist: ${stray.join(', ')}`);
  const used = [...messages].toSorted(([, a], [, b]) => a.localeCompare(b)).filter(([message]) => isAnswered(message));
  return page('Routes', [
    'Every method of the HTTP API, by family. Paths stand below `--static-prefix`, if there is one. `HEAD` is answered wherever `GET` is.',
    'GET takes its fields from the query, a list as its name repeated; every other method takes them from a JSON body, sent as `application/json`. Fields in the path are percent-encoded. Numbers may be sent as strings; a field that is `null` counts as left out; a name may also be in camel case (`runId`); unknown fields are ignored. In answers an int64 is a number at full width, a double that is no number is `"NaN"`, `"Infinity"` or `"-Infinity"`, and fields without a value and empty lists are left out. Times are milliseconds since 1970 in UTC. What goes wrong is told as described under [errors](errors.md).',
    'Permission says what a caller must be allowed to do. The families of MLflow’s API that are not listed here answer 404 `ENDPOINT_NOT_FOUND`.',
    ...families().flatMap((family) => [...overview(family), ...family.routes.flatMap(section)]),
    '## Messages',
    'Objects that answers hold.',
    ...used.flatMap(([message, name]) => [`### ${name}`, fieldTable('Field', message)]),
  ]);
}

function isAnswered(message: Fields): boolean {
  return families().some(({ routes }) =>
    routes.some(
      ({ contract }) => contract && flatten(contract.response, () => false).some((f) => f.field.message === message),
    ),
  );
}
