/** A task as its file writes it, made into the tasks of its combinations. */
import { basename, dirname, extname, join } from 'node:path';
import { checkOffered } from './checks.ts';
import { clientOf } from './client-entry.ts';
import { combinations, gridName, gridProduct, withGridParams } from './grid.ts';
import { hookOf } from './hook-entry.ts';
import { isMapping, type Mapping } from './mapping.ts';
import { PipelineError, type Product, type SourceFacts, type Task } from './pipeline.ts';
import type { PipelineFile, TaskEntry } from './pipeline-file.ts';
import { optionKeys } from './pipeline-keys.ts';
import { productsOf } from './product-entry.ts';
import { kindOf, readSource } from './sources/read-source.ts';

export interface DraftContext {
  readonly file: PipelineFile;
  readonly faults: Set<string>;
  readonly facts: Map<string, SourceFacts>;
}

/** A task whose upstream may still have patterns; `label` names it in errors. */
export interface Draft extends Task {
  readonly label: string;
}

/** One for each combination of its grid. */
export function draftsOf({ entry, label }: TaskEntry, context: DraftContext): Draft[] {
  const { grid, ...rest } = entry;
  if (grid === undefined || grid === null) return draftOf(rest, label, context);
  const params = combinations(grid);
  if (params.length === 0) context.faults.add(`${label}: its grid has no values; it is params with lists of values.`);
  if (typeof entry['name'] !== 'string') {
    context.faults.add(`${label}: a task with a grid needs a name, such as fit-[[model]] or fit-*.`);
    return [];
  }
  const name = entry['name'];
  return params.flatMap((one, at) => {
    const own = withGridParams(rest, one) as Mapping;
    const fixed = isMapping(own['params']) ? own['params'] : {};
    const product = entry['product'] === undefined ? undefined : gridProduct(entry['product'], one, at);
    const task = { ...own, name: gridName(name, one, at), product, params: { ...fixed, ...one } };
    return draftOf(task, label, context);
  });
}

function draftOf(entry: Mapping, label: string, context: DraftContext): Draft[] {
  const { faults, file } = context;
  const fault = (what: string): void => void faults.add(`${label}: ${what}`);
  const { source, params = {}, serializer, unserializer } = entry;
  if (typeof source !== 'string' || source === '') {
    fault('it needs a source: a file, or a function by its dotted path.');
    return [];
  }
  const [kind, facts] = factsOf(source, label, context);
  if (!kind || !facts) return [];
  const written = entry['product'] ?? facts.product;
  if (written === undefined || written === null) fault('it declares no product: add "product:" with a path.');
  const { products, keyed } = written === undefined || written === null ? none : productsOf(written, fault);
  checkOffered(entry, fault);
  if (params !== null && !isMapping(params)) fault('params must be a map.');
  const name = typeof entry['name'] === 'string' && entry['name'] !== '' ? entry['name'] : usualName(source, kind);
  const client = clientOf(entry, products, file.root['clients'], fault);
  const onFinish = hookOf(entry['on_finish'], 'on_finish', fault);
  const onFailure = hookOf(entry['on_failure'], 'on_failure', fault);
  const [write, read] = [serializer ?? file.root['serializer'], unserializer ?? file.root['unserializer']];
  const options = Object.fromEntries(
    optionKeys.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  );
  return [
    {
      label,
      name,
      kind,
      source,
      upstream: [...new Set([...upstreamOf(entry['upstream'], fault), ...extracted(facts, context)])],
      products: file.meta['product_relative_to_source'] === true ? besideSource(products, source, kind) : products,
      productsAreKeyed: keyed,
      params: isMapping(params) ? params : {},
      facts,
      options,
      ...(client && { client }),
      ...(onFinish && { onFinish }),
      ...(onFailure && { onFailure }),
      ...(typeof write === 'string' && { serializer: write }),
      ...(typeof read === 'string' && { unserializer: read }),
    },
  ];
}

/** Relative to the pipeline's folder, as all others. */
function besideSource(products: readonly Product[], source: string, kind: Task['kind']): Product[] {
  return products.map((product) =>
    product.kind === 'relation' || kind === 'function'
      ? product
      : { ...product, identifier: join(dirname(source), product.identifier) },
  );
}

const none = { products: [], keyed: false } as const;

/** Read once for all combinations of a grid. */
function factsOf(source: string, label: string, { file, faults, facts }: DraftContext): [Task['kind']?, SourceFacts?] {
  try {
    const kind = kindOf(source);
    const known = facts.get(source) ?? readSource(kind, source, file.place.folder);
    if (!facts.has(source)) for (const problem of known.problems) faults.add(`${label}: ${problem}`);
    facts.set(source, known);
    return [kind, known];
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const advice = kindOfOrNone(source) === undefined ? '' : ' To create it: modelyard pipeline scaffold';
    faults.add(`${label}: ${error.message}${advice}`);
    return [];
  }
}

function kindOfOrNone(source: string): Task['kind'] | undefined {
  try {
    return kindOf(source);
  } catch {
    return undefined;
  }
}

function extracted(facts: SourceFacts, { file }: DraftContext): readonly string[] {
  return file.meta['extract_upstream'] === false ? [] : facts.upstream;
}

function upstreamOf(value: unknown, fault: (what: string) => void): string[] {
  if (value === undefined || value === null) return [];
  const names: unknown[] = Array.isArray(value) ? value : isMapping(value) ? Object.keys(value) : [value];
  if (names.every((name) => typeof name === 'string')) return names;
  fault('upstream must be a list of names of tasks.');
  return [];
}

function usualName(source: string, kind: Task['kind']): string {
  return kind === 'function' ? (source.split('.').at(-1) ?? source) : basename(source, extname(source));
}
