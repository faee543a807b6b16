/** One training of a TensorFlow.js model, as a run records it. */
import type { AutologOptions, Warn } from '../autolog-run.ts';
import { keepWork, workDone } from '../background-work.ts';
import { registerModel } from '../fluent-registry.ts';
import { logModelTo } from '../models/logged-model.ts';
import type { ActiveRun } from '../run.ts';
import type { TextValue } from '../run-values.ts';
import { isTrainingTensor, type FitArgs, type History, type TensorFlowModule, type TrainedModel } from './library.ts';
import { tensorflowModel } from './tensorflow-model.ts';
import { datasetOf, headOf } from './training-data.ts';
import { earlyStoppingParams, fitParams, isEarlyStopping, modelParams } from './training-params.ts';

export interface TensorFlowAutologOptions extends AutologOptions {
  /** Logs metrics at the end of each epoch. Default: true. */
  readonly logEveryEpoch?: boolean | undefined;
  /** Logs metrics after so many batches, by the count of batches; needs `logEveryEpoch: false`. */
  readonly logEveryNSteps?: number | undefined;
}

const exampleRows = 5;

export class TrainingLog {
  readonly #run: ActiveRun;
  readonly #model: TrainedModel;
  readonly #options: TensorFlowAutologOptions;
  readonly #warn: Warn;
  #batches = 0;

  constructor(run: ActiveRun, model: TrainedModel, options: TensorFlowAutologOptions, warn: Warn) {
    this.#run = run;
    this.#model = model;
    this.#options = options;
    this.#warn = warn;
  }

  /** @returns the arguments with a callback more, which logs */
  begin(tf: TensorFlowModule, args: FitArgs, defaults: FitArgs): FitArgs {
    const given = [args.callbacks ?? []].flat() as unknown[];
    const stopping = given.find(isEarlyStopping);
    this.#params({
      ...fitParams(args, defaults),
      ...modelParams(this.#model),
      ...(stopping ? earlyStoppingParams(stopping) : {}),
    });
    this.#do('the summary of the model', () => this.#run.logText(this.#summary(), 'model_summary.txt'));
    const knowsBatchSize = args['batchSize'] !== undefined || defaults['batchSize'] !== undefined;
    const own = {
      onBatchEnd: (_batch: number, logs?: object) => this.#batchEnd(logs, knowsBatchSize),
      onEpochEnd: (epoch: number, logs?: object) => {
        if (this.#options.logEveryEpoch ?? true) this.#metrics(logs, epoch);
      },
    };
    // All must be of one kind: objects of callbacks, or instances.
    const callbacks = [...given, own].map((callback) =>
      typeof (callback as { setParams?: unknown }).setParams === 'function'
        ? callback
        : new tf.CustomCallback(callback as never, (args.yieldEvery ?? 'auto') as never),
    );
    return { ...args, callbacks };
  }

  async finish(history: History, args: FitArgs, x: unknown, y: unknown): Promise<void> {
    const stopping = ([args.callbacks ?? []].flat() as unknown[]).find(isEarlyStopping);
    const last = history.epoch.at(-1);
    const ends = Number(args['epochs'] ?? 1) - 1;
    if (stopping?.stoppedEpoch !== undefined && last === stopping.stoppedEpoch && last < ends) {
      this.#metrics({ stopped_epoch: last }, 0);
    }
    if (this.#options.logDatasets ?? true) {
      this.#do('the dataset', async () => {
        await this.#logDataset(x, y, 'train');
        const validation = args['validationData'];
        if (Array.isArray(validation)) await this.#logDataset(validation[0], validation[1], 'eval');
      });
    }
    if (this.#options.logModels ?? true) this.#do('the model', () => this.#logModel(x));
    await this.done();
  }

  /** Resolves when all is logged, or said not to be. */
  async done(): Promise<void> {
    await workDone(this.#run.runId);
  }

  async #logDataset(x: unknown, y: unknown, context: string): Promise<void> {
    const dataset = await datasetOf(x, y);
    if (dataset) await this.#run.logInput(dataset, context);
  }

  async #logModel(x: unknown): Promise<void> {
    const { logInputExamples, logModelSignatures = true, registeredModelName } = this.#options;
    const { signature, ...content } = await tensorflowModel(this.#model);
    const { runId, settings, info } = this.#run;
    const logged = await logModelTo(settings, { experimentId: info.experimentId, runId }, content, {
      ...(logModelSignatures ? { signature } : {}),
      ...(logInputExamples && isTrainingTensor(x) ? { inputExample: await headOf(x, exampleRows) } : {}),
    });
    if (registeredModelName !== undefined) await registerModel(logged.modelUri, registeredModelName);
  }

  #batchEnd(logs: object | undefined, knowsBatchSize: boolean): void {
    this.#batches++;
    if (this.#batches === 1 && !knowsBatchSize) {
      const { size } = logs as { size?: number };
      if (typeof size === 'number') this.#params({ batch_size: size });
    }
    const { logEveryNSteps: every } = this.#options;
    if (every === undefined || this.#batches % every !== 0) return;
    const { batch: _batch, size: _size, ...metrics } = logs as Record<string, unknown>;
    this.#metrics(metrics, this.#batches);
  }

  #params(params: Readonly<Record<string, TextValue>>): void {
    this.#do('params', () => this.#run.logParams(params));
  }

  #metrics(logs: object | undefined, step: number): void {
    const values = Object.entries(logs ?? {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    );
    if (values.length > 0) this.#do('metrics', () => this.#run.logMetrics(Object.fromEntries(values), step));
  }

  #summary(): string {
    const lines: string[] = [];
    this.#model.summary(undefined, undefined, (line) => lines.push(line));
    return `${lines.join('\n')}\n`;
  }

  /** Beside the training, which waits for nothing. */
  #do(what: string, work: () => Promise<void>): void {
    const done = (async () => work())().catch((error: unknown) => this.#warn(what, error));
    keepWork(done, this.#run.runId);
  }
}
