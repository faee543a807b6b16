/** What a training is set to, under the names that MLflow's autologging of Keras gives. */
import type { TextValue } from '../run-values.ts';
import type { FitArgs, TrainedModel } from './library.ts';

const names: Readonly<Record<string, string>> = {
  epochs: 'epochs',
  batchSize: 'batch_size',
  initialEpoch: 'initial_epoch',
  shuffle: 'shuffle',
  validationSplit: 'validation_split',
  batchesPerEpoch: 'steps_per_epoch',
  stepsPerEpoch: 'steps_per_epoch',
  validationBatches: 'validation_steps',
  validationSteps: 'validation_steps',
  validationBatchSize: 'validation_batch_size',
  classWeight: 'class_weight',
};

/** @param defaults of the method, where the call does not say */
export function fitParams(args: FitArgs, defaults: FitArgs): Record<string, TextValue> {
  const all: FitArgs = { ...defaults, ...definedOf(args) };
  const params = Object.entries(names).flatMap(([name, key]) =>
    isPlain(all[name]) ? [[key, all[name]] as const] : [],
  );
  return Object.fromEntries(params);
}

export function modelParams({ optimizer, loss }: TrainedModel): Record<string, TextValue> {
  const config = Object.entries(optimizer?.getConfig() ?? {}).flatMap(([name, value]) =>
    isPlain(value) ? [[`optimizer_${snake(name)}`, value] as const] : [],
  );
  return {
    ...(optimizer ? { optimizer_name: optimizer.getClassName() } : {}),
    ...Object.fromEntries(config),
    ...(loss === undefined || loss === null ? {} : { loss: lossOf(loss) }),
  };
}

interface EarlyStopping {
  readonly monitor: string;
  readonly minDelta: number;
  readonly patience: number;
  readonly baseline?: number | undefined;
  readonly stoppedEpoch?: number | undefined;
}

export function isEarlyStopping(callback: unknown): callback is EarlyStopping {
  return typeof callback === 'object' && callback !== null && 'patience' in callback && 'monitor' in callback;
}

export function earlyStoppingParams(callback: EarlyStopping): Record<string, TextValue> {
  const { monitor, minDelta, patience, baseline } = callback;
  return { monitor, min_delta: Math.abs(minDelta), patience, ...(baseline === undefined ? {} : { baseline }) };
}

function lossOf(loss: unknown): string {
  if (typeof loss === 'string') return loss;
  if (typeof loss === 'function') return loss.name || 'custom';
  return JSON.stringify(loss, (_, value: unknown) => (typeof value === 'function' ? value.name : value));
}

function definedOf(args: FitArgs): FitArgs {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

function isPlain(value: unknown): value is TextValue {
  return (
    ['number', 'string', 'boolean'].includes(typeof value) ||
    Object.prototype.toString.call(value) === '[object Object]'
  );
}

/** `beta1` → `beta_1`, as Keras has it. */
function snake(name: string): string {
  return name.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toLowerCase();
}
