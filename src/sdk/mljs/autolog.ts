/** Logs what classes of the mljs family train. */
import { withRun, warner, type AutologOptions } from '../autolog-run.ts';
import { keepWork } from '../background-work.ts';
import { activeRun } from '../fluent-runs.ts';
import { registerModel } from '../fluent-registry.ts';
import { logModelTo } from '../models/logged-model.ts';
import { inferSignature, type Signature } from '../models/signature.ts';
import type { ActiveRun } from '../run.ts';
import type { TextValue } from '../run-values.ts';
import { kindOf, kinds, listsOf, predictionsOf, type MljsModel } from './library.ts';
import { mljsModel } from './mljs-model.ts';
import { classifierMetrics, regressorMetrics } from './training-metrics.ts';

type Train = (this: Trainable, ...given: unknown[]) => unknown;

interface Trainable extends MljsModel {
  train: Train;
}

/** A class with `train`, such as `RandomForestClassifier`. */
type TrainableClass = abstract new (...given: never[]) => MljsModel & { train(rows: never, labels: never): unknown };

/** By prototype, how `train` was before. */
const before = new Map<Trainable, { readonly train: Train; readonly own: boolean }>();
/** A forest trains trees, which are no runs of their own. */
let training = false;

/**
 * From now on, `train` of these classes logs: the constructor's options as params, how well the model fits its training
 * data, the dataset, and the model, which `loadModel` loads. It logs to the active run, which waits for it when it ends,
 * or to a run of its own, for which `flush()` waits. A training never fails because of it.
 *
 * ```ts
 * import { RandomForestClassifier } from 'ml-random-forest';
 * autolog(RandomForestClassifier);
 * ```
 *
 * Classes that train in their constructor (`KNN`, regressions) are logged by `logModel(mljsModel(model))`.
 */
export function autolog(classes: TrainableClass | readonly TrainableClass[], options: AutologOptions = {}): void {
  for (const type of [classes].flat()) {
    if (typeof type !== 'function') {
      throw new TypeError('autolog takes classes, such as RandomForestClassifier of ml-random-forest.');
    }
    const { name } = type as { name: string };
    const prototype = type.prototype as Trainable;
    if (typeof prototype.train !== 'function') {
      throw new TypeError(`${name} has no method train; log such models by logModel(mljsModel(model)).`);
    }
    kindOf(name);
    takeOff(prototype);
    if (!options.disable) putOn(prototype, options);
  }
}

function takeOff(prototype: Trainable): void {
  const was = before.get(prototype);
  if (!was) return;
  before.delete(prototype);
  if (was.own) prototype.train = was.train;
  else delete (prototype as Partial<Trainable>).train;
}

function putOn(prototype: Trainable, options: AutologOptions): void {
  const { train } = prototype;
  before.set(prototype, { train, own: Object.hasOwn(prototype, 'train') });
  prototype.train = function (...given) {
    const kind = kinds[this.constructor.name];
    if (training || !kind) return train.apply(this, given);
    training = true;
    const params = paramsOf(this);
    try {
      const result = train.apply(this, given);
      log(options, () => trainedOf(this, params, given));
      return result;
    } catch (error) {
      log(options, () => ({ params, error }));
      throw error;
    } finally {
      training = false;
    }
  };
}

/** What there is to log, taken in the turn of the training: the program may train the same model again. */
interface Trained {
  readonly params: Readonly<Record<string, TextValue>>;
  readonly error?: unknown;
  readonly rows?: readonly (readonly number[])[];
  readonly metrics?: Readonly<Record<string, number>>;
  readonly signature?: Signature;
  readonly content?: ReturnType<typeof mljsModel>;
}

function trainedOf(model: Trainable, params: Trained['params'], [x, y]: readonly unknown[]): Trained {
  const rows = listsOf(x) as number[][];
  const labels = predictionsOf(y);
  const predicted = predictionsOf(model.predict(x as never));
  const metrics =
    kindOf(model.constructor.name).task === 'classifier'
      ? classifierMetrics(labels, predicted)
      : regressorMetrics(labels as number[], predicted as number[]);
  const text = typeof predicted[0] === 'string';
  const answers = { dtype: text ? 'str' : 'float64', shape: [-1] } as const;
  const signature = { ...inferSignature(rows.slice(0, 1)), outputs: [answers] };
  // What the training changed is no option, such as the count of classes it found.
  const after = paramsOf(model);
  const kept = Object.fromEntries(Object.entries(params).filter(([name, value]) => after[name] === value));
  return { params: kept, rows, metrics, signature, content: mljsModel(model) };
}

function log(options: AutologOptions, take: () => Trained): void {
  const warn = warner(options);
  const run = activeRun();
  let trained: Trained;
  try {
    trained = take();
  } catch (error) {
    warn('a training', error);
    return;
  }
  const work = withRun('mljs', options, warn, async (to) => {
    if (to) await record(to, trained, options).catch((error: unknown) => warn('a training', error));
    // The run that it has of its own fails with it.
    if ('error' in trained && !run) throw trained.error;
  });
  keepWork(
    work.catch(() => undefined),
    run?.runId,
  );
}

async function record(run: ActiveRun, trained: Trained, options: AutologOptions): Promise<void> {
  const { params, rows, metrics, signature, content } = trained;
  await run.logParams(params);
  if (!rows || !metrics || !content) return;
  if (options.logDatasets ?? true)
    await run.logInput({ rows: rows.slice(0, 10_000), profile: { num_rows: rows.length } }, 'train');
  await run.logMetrics(metrics);
  if (!(options.logModels ?? true)) return;
  const { experimentId } = run.info;
  const logged = await logModelTo(run.settings, { experimentId, runId: run.runId }, content, {
    ...((options.logModelSignatures ?? true) ? { signature } : {}),
    ...(options.logInputExamples ? { inputExample: rows.slice(0, 5) } : {}),
  });
  if (options.registeredModelName !== undefined) await registerModel(logged.modelUri, options.registeredModelName);
}

/** The options that the constructor kept: single values, of a record `options` too. */
function paramsOf(model: object): Record<string, TextValue> {
  const own = Object.entries(model).flatMap(([name, value]) =>
    name === 'options' && typeof value === 'object' && value !== null
      ? Object.entries(value as object)
      : [[name, value] as const],
  );
  return Object.fromEntries(own.filter(([, value]) => ['number', 'string', 'boolean'].includes(typeof value)));
}
