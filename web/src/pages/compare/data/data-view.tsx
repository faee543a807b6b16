import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Comparison } from '../../../api/comparison.ts';
import { smallFileQuery } from '../../../api/artifacts.ts';
import { FindField } from '../../../components/find-field.tsx';
import { Failed, State } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/compare.ts';
import { signatureRows } from '../../models/compare-rows.ts';
import { CompareTable } from '../../models/compare-table.tsx';
import { parseSignature, type Signature } from '../../models/signature.ts';
import { digestRows, modelRows, schemaTables } from './data-rows.ts';
import { RunHead, type ColouredRun } from '../run-head.tsx';
import type { ViewProps } from '../table/table-view.tsx';

/** What the runs were trained on and what they made: digests, schemas, signatures. */
export function DataView({ query, comparison, runs, base, onChange }: ViewProps) {
  const [url, setUrl] = useUrlState();
  const order = useMemo(() => [base, ...runs.keys().filter((place) => place !== base)], [runs, base]);
  const { models, failure, retry } = useModels(comparison, runs, order);
  const only = url['data'] !== 'all';
  const heads = order.flatMap((place, i) => {
    const run = runs[place];
    return run ? [{ version: run.id, head: <RunHead run={run} isBaseline={i === 0} /> }] : [];
  });
  const shared = { heads, onlyDifferences: only, filter: query.words };
  const datasets = digestRows(comparison, order);
  const made = modelRows(comparison, order);
  if (datasets.length === 0 && made.length === 0 && models.length === 0) {
    return <State title={`${text.data.noDatasets} ${text.data.noModels}`} />;
  }
  return (
    <>
      <div className="compare-bar">
        <FindField
          ofPage
          label={text.search}
          value={query.words}
          onType={(typed) => {
            onChange({ q: typed }, { replace: true });
          }}
        />
        <label className="compare-check">
          <input
            type="checkbox"
            checked={only}
            onChange={() => {
              setUrl({ data: only ? 'all' : undefined }, { replace: true });
            }}
          />
          {text.onlyDifferences}
        </label>
      </div>
      <div className="compare-data">
        <CompareTable title={text.data.datasets} rows={datasets} {...shared} onlyDifferences={false} />
        {schemaTables(comparison, order).map(({ name, rows }) => (
          <CompareTable key={name} title={text.data.schema(name)} rows={rows} {...shared} />
        ))}
        {made.length > 0 && <CompareTable title={text.data.models} rows={made} {...shared} onlyDifferences={false} />}
        {failure && <Failed error={failure} onRetry={retry} />}
        {models.map(({ name, signatures }) => (
          <CompareTable
            key={name}
            title={text.data.signature(name)}
            rows={signatureRows(signatures, {
              unnamed: text.data.unnamed,
              parts: text.data.parts,
              optional: text.data.optional,
            })}
            {...shared}
          />
        ))}
      </div>
    </>
  );
}

interface ReadModel {
  readonly name: string;
  /** In the order of the heads. */
  readonly signatures: readonly (Signature | undefined)[];
}

interface ReadModels {
  readonly models: readonly ReadModel[];
  /** Why a signature is not there, though the model may have one. */
  readonly failure: Error | undefined;
  readonly retry: () => void;
}

interface ModelFile {
  readonly run: number;
  readonly name: string;
  readonly path: string;
}

/** The signatures of the models that the runs made, read from their files. */
function useModels(comparison: Comparison, runs: readonly ColouredRun[], order: readonly number[]): ReadModels {
  const files = useMemo(() => [...loggedModels(comparison), ...olderModels(comparison)], [comparison]);
  const read = useQueries({
    queries: files.map(({ run, path }) => smallFileQuery(runs[run]?.id ?? '', `${path}/MLmodel`)),
  });
  const found = files.map((file, i) => ({ ...file, signature: signatureOf(read[i]?.data) }));
  const models = [...Map.groupBy(found, ({ name }) => name)].map(([name, own]) => ({
    name,
    signatures: order.map((place) => own.findLast(({ run }) => run === place)?.signature),
  }));
  const failed = read.filter(({ error }) => error !== null);
  const retry = (): void => {
    for (const one of failed) void one.refetch();
  };
  return { models, failure: failed[0]?.error ?? undefined, retry };
}

function loggedModels({ models }: Comparison): ModelFile[] {
  return models.filter(({ made }) => made).map(({ run, name, id }) => ({ run, name, path: `models:/${id}` }));
}

/** Clients before mlflow 3 note the folders of their models in a tag. */
function olderModels({ tags, models }: Comparison): ModelFile[] {
  const noted = tags.find(({ key }) => key === 'mlflow.log-model.history')?.values ?? [];
  return noted.flatMap((history, run) =>
    models.some((model) => model.run === run && model.made)
      ? []
      : foldersIn(history).map((path) => ({ run, name: path, path })),
  );
}

function foldersIn(history: string | undefined): string[] {
  try {
    const entries: unknown = JSON.parse(history ?? '[]');
    if (!Array.isArray(entries)) return [];
    const paths = entries.map((entry) => (entry as { artifact_path?: unknown } | null)?.artifact_path);
    return [...new Set(paths.filter((path): path is string => typeof path === 'string' && path !== ''))];
  } catch {
    return [];
  }
}

function signatureOf(mlmodel: string | null | undefined): Signature | undefined {
  if (!mlmodel) return undefined;
  try {
    return parseSignature(mlmodel);
  } catch {
    return undefined;
  }
}
