/** What tests of forecasts share: a server, a warm Python, and series prepared as a search prepares them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../../../src/automl/environment.ts';
import { forecastProblem } from '../../../../src/automl/forecast/forecast-problem.ts';
import { prepareData } from '../../../../src/automl/data/prepare-data.ts';
import type { Notebook } from '../../../../src/automl/notebook/cell.ts';
import type { FinishedTrial, SearchContext, TrialPlan } from '../../../../src/automl/problem.ts';
import { startNotebookRunner } from '../../../../src/automl/worker/notebook-runner.ts';
import type { NotebookEnd, NotebookRunner, Proposal } from '../../../../src/automl/worker/worker.ts';
import { checkedConfig } from '../../../../src/protocol/automl-config-check.ts';
import { Api } from '../../../support/api.ts';
import { freshFolder, removeFolder } from '../../../support/folders.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';
import { within } from '../../../support/within.ts';

/** Until which a notebook must have ended, however busy the machine is. */
export const bound = 120_000;
const gigabyte = 2 ** 30;

export class Forecasting {
  readonly folder = freshFolder();
  #number = 0;

  private constructor(
    readonly python: string,
    readonly server: TestServer,
    readonly runner: NotebookRunner,
  ) {}

  static async start(): Promise<Forecasting> {
    const python = await automlPython({ onProgress: () => undefined });
    const server = await startServer();
    const environment = { MLFLOW_TRACKING_URI: server.url };
    const runner = await startNotebookRunner({ python, imports: forecastProblem.imports, environment });
    return new Forecasting(python, server, runner);
  }

  async stop(): Promise<void> {
    await this.runner.close();
    await this.server.stop();
    removeFolder(this.folder);
  }

  /** The series of a CSV file, as trials of a search find them. @throws DataError */
  async prepare(name: string, csv: string, request: Readonly<Record<string, unknown>>): Promise<SearchContext> {
    const dataset = join(this.folder, `${name}.csv`);
    writeFileSync(dataset, csv);
    const config = checkedConfig({
      problem_type: 'forecasting',
      dataset,
      target_col: 'y',
      time_col: 'ds',
      // By which the cutoffs of the backtest are counted: few.
      timeout_seconds: 1,
      ...request,
    });
    const folder = join(this.folder, name, 'data');
    mkdirSync(folder, { recursive: true });
    const options = { python: this.python, folder, memory: gigabyte, environment: {}, onProgress: () => undefined };
    const profile = await within(bound, prepareData(config, options));
    const experimentId = await new Api(this.server).createExperiment(name);
    return { config, profile, trackingUri: this.server.url, experimentId, searchRunId: name, threads: 1 };
  }

  /** The trial, logged to a run of its own. */
  async trial(context: SearchContext, plan: Proposal & Partial<TrialPlan>): Promise<FinishedTrial> {
    const number = ++this.#number;
    const runId = await new Api(this.server).createRun({ experiment_id: context.experimentId });
    const framework = forecastProblem.frameworkOf(plan.estimator);
    const whole = {
      name: `${plan.estimator}-${number}`,
      kind: 'search',
      bases: [],
      ...plan,
      number,
      framework,
    } as const;
    const { results, seconds } = await this.execute(context, forecastProblem.trialNotebook(whole, context), runId);
    const metrics = results['metrics'] as Readonly<Record<string, number>>;
    return { ...whole, runId, validation: metrics['val_smape'] ?? Number.NaN, metrics, seconds };
  }

  /** @throws when a cell does */
  async execute(context: SearchContext, notebook: Notebook, runId?: string): Promise<NotebookEnd> {
    const end = await within(
      bound,
      this.runner.run({
        notebook,
        skip: [],
        folder: this.folder,
        environment: this.environment(context, runId),
        threads: 1,
        memory: 8 * gigabyte,
        deadline: Date.now() + bound,
      }),
    );
    if (end.status !== 'finished') throw new Error(`${notebook.name}: ${end.message}\n${end.traceback}`);
    return end;
  }

  environment(context: SearchContext, runId?: string): Readonly<Record<string, string>> {
    return {
      MLFLOW_TRACKING_URI: this.server.url,
      MLFLOW_EXPERIMENT_ID: context.experimentId,
      AUTOML_CACHE: this.folder,
      ...(runId === undefined ? {} : { MLFLOW_RUN_ID: runId }),
    };
  }

  /** What a clean Python prints as JSON. @param args `sys.argv[1:]` */
  async ask(code: string, ...args: readonly string[]): Promise<unknown> {
    const environment = { ...process.env, MLFLOW_TRACKING_URI: this.server.url };
    const asked = Bun.spawn([this.python, '-c', code, ...args], {
      cwd: this.folder,
      env: environment,
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const timer = setTimeout(() => asked.kill('SIGKILL'), bound);
    const [out, errors] = await Promise.all([new Response(asked.stdout).text(), new Response(asked.stderr).text()]);
    clearTimeout(timer);
    if ((await asked.exited) !== 0) throw new Error(errors);
    return JSON.parse(out.trim().split('\n').at(-1) ?? '');
  }

  async metricsOf(runId: string): Promise<Readonly<Record<string, number>>> {
    const { data } = await new Api(this.server).run(runId);
    return Object.fromEntries((data.metrics ?? []).map(({ key, value }) => [key, Number(value)]));
  }
}

/** Passengers of airlines in thousands, by month from January 1949. */
export const passengers = [
  112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114,
  140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191,
  172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259,
  229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405,
  355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491,
  505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535,
  622, 606, 508, 461, 390, 432,
];

/** `2024-01-01`, and so on. */
export function months(count: number, start = 1949): string[] {
  return Array.from(
    { length: count },
    (_, at) => `${start + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`,
  );
}

export function days(count: number, start = '2023-01-02'): string[] {
  const first = Date.parse(`${start}T00:00:00Z`);
  return Array.from({ length: count }, (_, at) => new Date(first + at * 86_400_000).toISOString().slice(0, 10));
}

export function csv(head: string, rows: readonly (readonly (string | number)[])[]): string {
  return `${head}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
}
