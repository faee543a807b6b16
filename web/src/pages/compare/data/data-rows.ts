/** Datasets and their columns, side by side; the first run is what the others are told against. */
import type { ComparedDataset, Comparison } from '../../../api/comparison.ts';
import type { CompareRow } from '../../models/compare-rows.ts';
import { schemaOf } from '../../run/overview/dataset-schema.ts';
import { text } from '../../../text/compare.ts';

/** @param values one for each run, in the order of the heads */
function rowOf(key: string, values: readonly (string | undefined)[]): CompareRow {
  const [first] = values;
  const cells = values.map((value) => ({
    text: value,
    mark:
      value === first
        ? ('same' as const)
        : first === undefined
          ? ('added' as const)
          : value === undefined
            ? ('removed' as const)
            : ('changed' as const),
  }));
  return { key, cells, differs: cells.some(({ mark }) => mark !== 'same') };
}

/** @param order places of the runs, the baseline first */
export function digestRows({ datasets }: Comparison, order: readonly number[]): CompareRow[] {
  const byKey = Map.groupBy(datasets, nameOf);
  return [...byKey].map(([key, own]) =>
    rowOf(
      key,
      order.map((place) => {
        const digests = own.filter(({ run }) => run === place).map(({ digest }) => digest);
        return digests.length === 0 ? undefined : digests.join(', ');
      }),
    ),
  );
}

/** `wine, training`: the same data may be used for two things. */
function nameOf({ name, context }: ComparedDataset): string {
  return context === '' ? name : `${name}, ${context}`;
}

export interface SchemaTable {
  readonly name: string;
  readonly rows: readonly CompareRow[];
}

export function schemaTables({ datasets }: Comparison, order: readonly number[]): SchemaTable[] {
  return [...Map.groupBy(datasets, nameOf)].flatMap(([name, own]) => {
    const columns = order.map((place) => {
      const schema = schemaOf(own.find(({ run }) => run === place)?.schema ?? '');
      return new Map((schema ?? []).map((column) => [column.name, column]));
    });
    const names = new Set(columns.flatMap((column) => [...column.keys()]));
    const rows = [...names].map((column) =>
      rowOf(
        column,
        columns.map((of) => {
          const one = of.get(column);
          return one && (one.required ? one.type : `${one.type}, ${text.data.optional}`);
        }),
      ),
    );
    return rows.length === 0 ? [] : [{ name, rows }];
  });
}

export function modelRows({ models }: Comparison, order: readonly number[]): CompareRow[] {
  return [...Map.groupBy(models, ({ name }) => name)].map(([name, own]) =>
    rowOf(
      name,
      order.map((place) => {
        const [first] = own.filter(({ run }) => run === place);
        return first && (first.type || text.data.logged);
      }),
    ),
  );
}
