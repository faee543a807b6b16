/** What tests of tables share: a server, a warm Python, and tables prepared as a search prepares them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareData } from '../../../../src/automl/data/prepare-data.ts';
import { automlPython } from '../../../../src/automl/environment.ts';
import type { CellTag, Notebook } from '../../../../src/automl/notebook/cell.ts';
import type { FinishedTrial, SearchContext, TrialPlan } from '../../../../src/automl/problem.ts';
import { tabularProblem } from '../../../../src/automl/tabular/tabular-problem.ts';
import { startNotebookRunner } from '../../../../src/automl/worker/notebook-runner.ts';
import type { NotebookEnd, NotebookRunner, Proposal } from '../../../../src/automl/worker/worker.ts';
import { checkedConfig } from '../../../../src/protocol/automl-config-check.ts';
import { metricNameOf } from '../../../../src/protocol/automl-record.ts';
import { Api } from '../../../support/api.ts';
import { freshFolder, removeFolder } from '../../../support/folders.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';
import { within } from '../../../support/within.ts';

/** Until which a notebook must have ended, however busy the machine is. */
export const bound = 120_000;
const gigabyte = 2 ** 30;

export class TableLab {
  readonly folder = freshFolder();
  #number = 0;

  private constructor(
    readonly python: string,
    readonly server: TestServer,
    readonly runner: NotebookRunner,
  ) {}

  static async start(): Promise<TableLab> {
    const python = await automlPython({ onProgress: () => undefined });
    const server = await startServer();
    const environment = { MLFLOW_TRACKING_URI: server.url };
    const runner = await startNotebookRunner({ python, imports: tabularProblem.imports, environment });
    return new TableLab(python, server, runner);
  }

  async stop(): Promise<void> {
    await this.runner.close();
    await this.server.stop();
    removeFolder(this.folder);
  }

  /** A table as trials of a search find it. */
  async prepare(name: string, csv: string, request: Readonly<Record<string, unknown>>): Promise<SearchContext> {
    const dataset = join(this.folder, `${name}.csv`);
    writeFileSync(dataset, csv);
    const config = checkedConfig({ dataset, timeout_seconds: 60, ...request });
    const api = new Api(this.server);
    const experimentId = await api.createExperiment(name);
    const searchRunId = await api.createRun({ experiment_id: experimentId });
    const folder = join(this.folder, searchRunId, 'data');
    mkdirSync(folder, { recursive: true });
    const options = { python: this.python, folder, memory: gigabyte, environment: {}, onProgress: () => undefined };
    const profile = await within(bound, prepareData(config, options));
    return { config, profile, trackingUri: this.server.url, experimentId, searchRunId, threads: 1 };
  }

  /** The trial, logged to a run of its own. @param skip sections that the test has no use for: pictures take their time */
  async trial(
    context: SearchContext,
    plan: Proposal & Partial<TrialPlan>,
    skip: readonly CellTag[] = ['plots', 'explain'],
  ): Promise<FinishedTrial> {
    const number = ++this.#number;
    const runId = await new Api(this.server).createRun({ experiment_id: context.experimentId });
    const framework = tabularProblem.frameworkOf(plan.estimator);
    const named = { name: `${plan.estimator}-${number}`, kind: 'search', bases: [], ...plan } as const;
    const whole: TrialPlan = { ...named, number, framework };
    const notebook = tabularProblem.trialNotebook(whole, context);
    const { results, seconds } = await this.execute(context, notebook, runId, skip);
    const metrics = results['metrics'] as Readonly<Record<string, number>>;
    const validation = metrics[metricNameOf(context.config.primary_metric, 'val', false)] ?? Number.NaN;
    return { ...whole, runId, validation, metrics, seconds };
  }

  /** @throws when a cell does */
  async execute(
    context: SearchContext,
    notebook: Notebook,
    runId?: string,
    skip: readonly CellTag[] = [],
  ): Promise<NotebookEnd> {
    const end = await within(
      bound,
      this.runner.run({
        notebook,
        skip,
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
    const asked = Bun.spawn([this.python, '-c', code, ...args], {
      cwd: this.folder,
      env: { ...process.env, MLFLOW_TRACKING_URI: this.server.url },
      stdout: 'pipe',
      stderr: 'pipe',
      timeout: bound,
      killSignal: 'SIGKILL',
    });
    const [out, errors] = await Promise.all([new Response(asked.stdout).text(), new Response(asked.stderr).text()]);
    if ((await asked.exited) !== 0) throw new Error(errors);
    return JSON.parse(out.trim().split('\n').at(-1) ?? '');
  }

  /** Names of the files in a folder of the run's artifacts. */
  async filesOf(runId: string, path: string): Promise<string[]> {
    const response = await fetch(`${this.server.url}/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=${path}`);
    const { files = [] } = (await response.json()) as { files?: { path: string }[] };
    return files.map((file) => file.path.slice(path.length + 1)).sort();
  }

  async metricsOf(runId: string): Promise<Readonly<Record<string, number>>> {
    const { data } = await new Api(this.server).run(runId);
    return Object.fromEntries((data.metrics ?? []).map(({ key, value }) => [key, Number(value)]));
  }
}

/** Of each learner the first configuration that is tried. */
export function oneOfEach(context: SearchContext): Proposal[] {
  const portfolio = tabularProblem.portfolio(context);
  return portfolio.filter(({ estimator }, at) => portfolio.findIndex((one) => one.estimator === estimator) === at);
}
