/** What tests of trials share: a server, a warm Python, and data prepared as a search prepares it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareData } from '../../../src/automl/data/prepare-data.ts';
import { automlPython } from '../../../src/automl/environment.ts';
import type { CellTag, Notebook } from '../../../src/automl/notebook/cell.ts';
import type { FinishedTrial, ProblemKind, SearchContext, TrialPlan } from '../../../src/automl/problem.ts';
import { startNotebookRunner } from '../../../src/automl/worker/notebook-runner.ts';
import type { NotebookEnd, NotebookRunner, Proposal } from '../../../src/automl/worker/worker.ts';
import { reproduceNotebook, type Reproduction } from '../../../src/automl/worker/reproduce.ts';
import { notebookText } from '../../../src/models/notebook/notebook.ts';
import { checkedConfig } from '../../../src/protocol/automl-config-check.ts';
import { automlTags, metricNameOf } from '../../../src/protocol/automl-record.ts';
import { Api } from '../../support/api.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';

/** Until which a notebook must have ended, however busy the machine is. */
export const bound = 120_000;
const gigabyte = 2 ** 30;
/** Sections that most tests have no use for: pictures take their time. */
const pictures: readonly CellTag[] = ['plots', 'explain'];

export class TrialLab {
  readonly folder = freshFolder();
  #number = 0;

  private constructor(
    readonly problem: ProblemKind,
    readonly python: string,
    readonly server: TestServer,
    readonly runner: NotebookRunner,
  ) {}

  static async start(problem: ProblemKind): Promise<TrialLab> {
    const python = await automlPython({ onProgress: () => undefined });
    const server = await startServer();
    const environment = { MLFLOW_TRACKING_URI: server.url };
    const runner = await startNotebookRunner({ python, imports: problem.imports, environment });
    return new TrialLab(problem, python, server, runner);
  }

  async stop(): Promise<void> {
    await this.runner.close();
    await this.server.stop();
    removeFolder(this.folder);
  }

  /** The data as trials of a search find it. @throws DataError */
  async prepare(name: string, csv: string, request: Readonly<Record<string, unknown>>): Promise<SearchContext> {
    const dataset = join(this.folder, `${name}.csv`);
    writeFileSync(dataset, csv);
    const config = checkedConfig({ dataset, timeout_seconds: 60, ...request });
    const api = new Api(this.server);
    // A test that is run a second time prepares a second time.
    const experimentId = await api.createExperiment(`${name}-${crypto.randomUUID()}`);
    const searchRunId = await api.createRun({ experiment_id: experimentId });
    const folder = join(this.folder, searchRunId, 'data');
    mkdirSync(folder, { recursive: true });
    const options = { python: this.python, folder, memory: gigabyte, environment: {}, onProgress: () => undefined };
    const profile = await within(bound, prepareData(config, options));
    return { config, profile, trackingUri: this.server.url, experimentId, searchRunId, threads: 1 };
  }

  /** The trial, logged to a run of its own. */
  async trial(
    context: SearchContext,
    plan: Proposal & Partial<TrialPlan>,
    skip: readonly CellTag[] = pictures,
  ): Promise<FinishedTrial> {
    const number = ++this.#number;
    const runId = await new Api(this.server).createRun({ experiment_id: context.experimentId });
    const framework = plan.framework ?? this.problem.frameworkOf(plan.estimator);
    const named = { name: `${plan.estimator}-${number}`, kind: 'search', bases: [], ...plan } as const;
    const whole: TrialPlan = { ...named, number, framework };
    const { results, seconds } = await this.execute(context, this.problem.trialNotebook(whole, context), runId, skip);
    const metrics = results['metrics'] as Readonly<Record<string, number>>;
    const validation = metrics[metricNameOf(context.config, 'val')] ?? Number.NaN;
    return { ...whole, runId, validation, metrics, seconds };
  }

  /** Two at a time; in the order of the plans. */
  async trials(
    context: SearchContext,
    plans: readonly (Proposal & Partial<TrialPlan>)[],
    skip?: (plan: Proposal) => readonly CellTag[] | undefined,
  ): Promise<FinishedTrial[]> {
    const made: FinishedTrial[] = [];
    const waiting = [...plans.entries()];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [at, plan] = next;
        made[at] = await this.trial(context, plan, skip?.(plan));
      }
    };
    await Promise.all([worker(), worker()]);
    return made;
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
        environment: this.#environment(context, runId),
        threads: 1,
        memory: 8 * gigabyte,
        deadline: Date.now() + bound,
      }),
    );
    if (end.status !== 'finished') throw new Error(`${notebook.name}: ${end.message}\n${end.traceback}`);
    return end;
  }

  /** What the notebook that predicts writes of this text of a file, with the model of a run. */
  async scored(context: SearchContext, runId: string, csv: string): Promise<string> {
    const number = ++this.#number;
    const [input, output] = [join(this.folder, `new-${number}.csv`), join(this.folder, `scored-${number}.csv`)];
    writeFileSync(input, csv);
    const [batch] = this.problem.inferenceNotebooks(`runs:/${runId}/model`, context);
    if (!batch) throw new Error('The problem has no notebook that predicts.');
    const cells = batch.cells.map((cell) => ({
      ...cell,
      source: cell.source
        .replace('"input.csv"', JSON.stringify(input))
        .replace('"predictions.csv"', JSON.stringify(output)),
    }));
    await this.execute(context, { ...batch, cells });
    return readFileSync(output, 'utf8');
  }

  /** Of the runs that notebooks make which nobody but a person runs. */
  async namesOfEdited({ experimentId }: SearchContext): Promise<(string | undefined)[]> {
    const filter = `tags.\`${automlTags.kind}\` = 'edited'`;
    const runs = await new Api(this.server).searchAll({ experiment_ids: [experimentId], filter });
    return runs.map(({ info }) => info.run_name).sort();
  }

  /** The notebook of a trial once more, in a clean kernel. */
  async again(context: SearchContext, plan: TrialPlan): Promise<Reproduction> {
    const { cells, results } = this.problem.trialNotebook(plan, context);
    return reproduceNotebook({
      python: this.python,
      text: notebookText(cells),
      results,
      skip: pictures,
      folder: this.folder,
      environment: this.#environment(context),
      threads: 1,
      deadline: Date.now() + bound,
    });
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

  async jsonOf(runId: string, path: string): Promise<unknown> {
    const response = await fetch(`${this.server.url}/get-artifact?run_uuid=${runId}&path=${path}`);
    return response.json();
  }

  async metricsOf(runId: string): Promise<Readonly<Record<string, number>>> {
    const { data } = await new Api(this.server).run(runId);
    return Object.fromEntries((data.metrics ?? []).map(({ key, value }) => [key, Number(value)]));
  }

  #environment(context: SearchContext, runId?: string): Readonly<Record<string, string>> {
    return {
      MLFLOW_TRACKING_URI: this.server.url,
      MLFLOW_EXPERIMENT_ID: context.experimentId,
      AUTOML_CACHE: this.folder,
      ...(runId === undefined ? {} : { MLFLOW_RUN_ID: runId }),
    };
  }
}
