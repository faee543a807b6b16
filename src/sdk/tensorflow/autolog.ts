/** Logs what TensorFlow.js trains. */
import { withRun, warner } from '../autolog-run.ts';
import type { FitArgs, History, TensorFlowModule, TrainedModel } from './library.ts';
import { TrainingLog, type TensorFlowAutologOptions } from './training-log.ts';

type Fit = (this: TrainedModel, ...given: unknown[]) => Promise<History>;

interface Trainable {
  fit: Fit;
  fitDataset: Fit;
}

/** How the methods were before, by where they stand. */
const before = new Map<Trainable, Trainable>();
/** Models that are being trained: a sequential one trains through one within it. */
const underWay = new WeakSet<object>();

/**
 * From now on, `model.fit` and `model.fitDataset` log: params of the training and of the optimizer, metrics of each
 * epoch, a summary of the model, the dataset of tensors, and the model with its signature, which `loadModel` loads and
 * TensorFlow.js itself too. It logs to the active run, or to one that it starts and ends. A training never fails
 * because of it, nor waits, but for the model at its end.
 *
 * Calling it again changes the options; `disable: true` takes it off.
 *
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * autolog(tf);
 * ```
 */
export function autolog(tf: TensorFlowModule, options: TensorFlowAutologOptions = {}): void {
  const { LayersModel, Sequential } = (tf as Partial<TensorFlowModule> | undefined) ?? {};
  if (!LayersModel || !Sequential) {
    throw new TypeError("autolog takes the library: import * as tf from '@tensorflow/tfjs'; autolog(tf).");
  }
  const { logEveryEpoch = true, logEveryNSteps } = options;
  if (logEveryNSteps !== undefined && !(Number.isInteger(logEveryNSteps) && logEveryNSteps > 0)) {
    throw new TypeError('logEveryNSteps is a whole number from 1 on.');
  }
  if (logEveryNSteps !== undefined && logEveryEpoch) throw new TypeError('logEveryNSteps needs logEveryEpoch: false.');
  if (logEveryNSteps === undefined && !logEveryEpoch) throw new TypeError('logEveryEpoch: false needs logEveryNSteps.');
  for (const { prototype } of [LayersModel, Sequential]) {
    const methods = prototype as Trainable;
    const was = before.get(methods);
    if (was) Object.assign(methods, was);
    before.delete(methods);
    if (options.disable) continue;
    const { fit, fitDataset } = methods;
    before.set(methods, { fit, fitDataset });
    // Of a dataset the size of the batches shows with the first.
    methods.fit = logged(tf, options, fit, 2, {
      epochs: 1,
      batchSize: 32,
      initialEpoch: 0,
      shuffle: true,
      validationSplit: 0,
    });
    methods.fitDataset = logged(tf, options, fitDataset, 1, { initialEpoch: 0 });
  }
}

/** @param place of the arguments by name among those of the method */
function logged(
  tf: TensorFlowModule,
  options: TensorFlowAutologOptions,
  fit: Fit,
  place: number,
  defaults: FitArgs,
): Fit {
  return async function (...given) {
    if (underWay.has(this)) return fit.apply(this, given);
    const both = [this, this.model].filter((model) => model !== undefined);
    for (const model of both) underWay.add(model);
    const warn = warner(options);
    const args = (given[place] ?? {}) as FitArgs;
    const data = given.slice(0, place);
    try {
      return await withRun('tensorflow', options, warn, async (run) => {
        if (!run) return fit.apply(this, given);
        const log = new TrainingLog(run, this, options, warn);
        try {
          const history = await fit.call(this, ...data, log.begin(tf, args, defaults));
          await log.finish(history, args, data[0], data[1]);
          return history;
        } finally {
          await log.done();
        }
      });
    } finally {
      for (const model of both) underWay.delete(model);
    }
  };
}
