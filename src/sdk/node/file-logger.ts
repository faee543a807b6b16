/**
 * A logger that needs no server: params in `params.yml` and metrics in `metrics.csv`, beside the code, small enough for
 * git, in the form that DagsHub reads. `modelyard import` makes runs of them.
 */
import { closeSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pointOf, textOf, type MetricOptions, type TextValue } from '../run-values.ts';
import type { Int64 } from '../../protocol/schema.ts';
import { toYaml } from '../yaml.ts';

export interface FileLoggerOptions {
  /** Default: the working folder. */
  readonly folder?: string | undefined;
  readonly metricsFile?: string | undefined;
  readonly paramsFile?: string | undefined;
}

/** Begins both files anew; each line is in the file when the call returns. */
export class FileLogger {
  readonly #paramsPath: string;
  readonly #params: Record<string, TextValue> = {};
  readonly #metrics: number;

  constructor({ folder = '.', metricsFile = 'metrics.csv', paramsFile = 'params.yml' }: FileLoggerOptions = {}) {
    mkdirSync(folder, { recursive: true });
    this.#paramsPath = join(folder, paramsFile);
    this.#metrics = openSync(join(folder, metricsFile), 'w');
    writeSync(this.#metrics, 'Name,Value,Timestamp,Step\n');
    this.logParams({});
  }

  logParam(key: string, value: TextValue): void {
    this.logParams({ [key]: value });
  }

  logParams(params: Readonly<Record<string, TextValue>>): void {
    for (const [key, value] of Object.entries(params)) {
      textOf(value, key);
      this.#params[key] = value;
    }
    // Whole at any time, whoever reads it.
    const half = `${this.#paramsPath}.part`;
    writeFileSync(half, Object.keys(this.#params).length === 0 ? '' : toYaml(this.#params));
    renameSync(half, this.#paramsPath);
  }

  /** @param options the step, or more */
  logMetric(key: string, value: number, options?: Int64 | MetricOptions): void {
    this.logMetrics({ [key]: value }, options);
  }

  logMetrics(metrics: Readonly<Record<string, number>>, options?: Int64 | MetricOptions): void {
    const lines = Object.entries(metrics).map(([key, value]) => {
      const { timestamp, step } = pointOf(key, value, options);
      return `${cell(key)},${value},${timestamp},${step}\n`;
    });
    writeSync(this.#metrics, lines.join(''));
  }

  close(): void {
    closeSync(this.#metrics);
  }
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
