/** The hyperparameters, and the pipeline from a raw row to a prediction. */
import type { Proposal } from '../../worker/worker.ts';
import { wrappers, type Model } from '../models/model.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Around } from '../derived.ts';
import { learnerParams, type PipelineStep } from '../preparation.ts';
import type { Task } from '../task.ts';

/**
 * Defines `params` and `model`.
 *
 * @param steps between the columns made ready and the learner
 * @param outside what the learner is put into, if anything
 */
export function modelPart(
  model: Model,
  params: Proposal['params'],
  steps: readonly PipelineStep[],
  outside: Around | undefined,
  task: Task,
): Part {
  const { estimator, module, fixed } = model;
  const lines = Object.entries(learnerParams(params)).map(
    ([name, value]) => `    ${pythonLiteral(name)}: ${pythonLiteral(value)},\n`,
  );
  const always = Object.entries(fixed).map(([name, value]) => `, ${name}=${value}`);
  const learner = `${estimator}(**params${always.join('')})`;
  const kinds = params['target'] === 'log' ? (['logTarget'] as const) : (model.around ?? []);
  const around = kinds.map((kind) => wrappers[kind]);
  const wraps = around.map(
    ({ about, code }, at) => `# ${about}\nlearner = ${code(at === 0 ? learner : 'learner', model.framework, task)}`,
  );
  const wrapped = wraps.length > 0 ? wraps.join('\n') : `learner = ${learner}`;
  const code = `params = {
${lines.join('')}}
${wrapped}${outside ? `\n${putInto(outside)}` : ''}
model = ${pipeline(steps)}`;
  return section(
    'model',
    'Model',
    `[\`${estimator}\`](${model.link}): change the hyperparameters here and run the notebook again.`,
    code,
    [
      'sklearn.pipeline:Pipeline',
      `${module}:${estimator}`,
      ...around.flatMap(({ imports }) => imports),
      ...steps.flatMap((step) => step.imports),
      ...(outside?.imports ?? []),
    ],
  );
}

function putInto({ estimator, about, options }: Around): string {
  return `# ${about}
learner = ${estimator}(learner, ${options})`;
}

function pipeline(steps: readonly PipelineStep[]): string {
  if (steps.length === 0) return 'Pipeline([("features", features), ("model", learner)])';
  const lines = steps.map(({ name, code }) => `        ("${name}", ${code}),\n`);
  return `Pipeline(
    [
        ("features", features),
${lines.join('')}        ("model", learner),
    ]
)`;
}
