/** Models of the mljs family that are loaded again. */
import { importLibrary } from '../models/optional-packages.ts';
import { dataOf, type ModelFiles, type Runner } from '../models/runner.ts';
import { nestedOf, type TypedTensor } from '../models/tensors.ts';
import { kindOf, predictionsOf, type MljsClass } from './library.ts';
import { mljsFile } from './mljs-model.ts';

const input = 'input';

/** @param runtime the imported package of the model's class */
export async function mljsRunner(files: ModelFiles, runtime?: object): Promise<Runner> {
  const className = String(files.options['class']);
  // Only packages that are known: a model's file does not choose what code is imported.
  const kind = kindOf(className);
  const library = runtime ?? (await importMljs(kind.package));
  const model = classOf(library, className, kind.package).load(await files.json(dataOf(files, mljsFile)));
  const Matrix = kind.wantsMatrix ? await matrixClass() : undefined;
  return {
    inputs: [{ name: input, dtype: 'float64', shape: [-1, -1] }],
    async run(feeds) {
      const rows = nestedOf(feeds[input] as TypedTensor) as number[][];
      return { prediction: tensorOf(predictionsOf(model.predict((Matrix ? new Matrix(rows) : rows) as never))) };
    },
    dispose: async () => undefined,
  };
}

function importMljs(name: string): Promise<unknown> {
  return importLibrary({ models: 'This model and its like', packages: [name], install: name, browser: name });
}

async function matrixClass(): Promise<new (rows: number[][]) => unknown> {
  return ((await importMljs('ml-matrix')) as { Matrix: new (rows: number[][]) => unknown }).Matrix;
}

function classOf(library: unknown, name: string, from: string): MljsClass {
  const { default: inner } = library as { default?: unknown };
  for (const place of [library, inner]) {
    const named = (place as Record<string, unknown> | undefined)?.[name];
    for (const found of [named, place]) if (isClass(found)) return found;
  }
  throw new TypeError(`${from} has no class ${name} that loads models.`);
}

function isClass(value: unknown): value is MljsClass {
  return typeof value === 'function' && typeof (value as unknown as MljsClass).load === 'function';
}

function tensorOf(values: readonly unknown[]): TypedTensor {
  if (values.some((value) => typeof value === 'string'))
    return { dtype: 'str', shape: [values.length], data: values.map(String) };
  const [first] = values;
  const inner = Array.isArray(first) ? [first.length] : [];
  return { dtype: 'float64', shape: [values.length, ...inner], data: Float64Array.from(values.flat() as number[]) };
}
