/** The hyperparameters, and the pipeline from a raw row to a prediction. */
import type { Proposal } from '../../worker/worker.ts';
import { wrappers, type Model } from '../models/model.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Repeater } from '../repeated.ts';

/** Defines `params` and `model`. @param repeater what makes many of the learner, if anything does */
export function modelPart(model: Model, params: Proposal['params'], repeater: Repeater | undefined): Part {
  const { estimator, module, fixed } = model;
  const lines = Object.entries(params)
    .filter(([name]) => name !== 'features')
    .map(([name, value]) => `    ${pythonLiteral(name)}: ${pythonLiteral(value)},\n`);
  const always = Object.entries(fixed).map(([name, value]) => `, ${name}=${value}`);
  const learner = `${estimator}(**params${always.join('')})`;
  const around = model.around && wrappers[model.around];
  const wrapped = around
    ? `# ${around.about}\nlearner = ${around.code(learner, model.framework)}`
    : `learner = ${learner}`;
  const code = `params = {
${lines.join('')}}
${wrapped}${repeater ? `\n${repeated(repeater)}` : ''}
model = Pipeline([("features", features), ("model", learner)])`;
  return section(
    'model',
    'Model',
    `[\`${estimator}\`](${model.link}): change the hyperparameters here and run the notebook again.`,
    code,
    [
      'sklearn.pipeline:Pipeline',
      `${module}:${estimator}`,
      ...(around?.imports ?? []),
      ...(repeater ? [`sklearn.ensemble:${repeater.estimator}`] : []),
    ],
  );
}

function repeated({ estimator, about, count }: Repeater): string {
  return `# ${count} of it, ${about}.
learner = ${estimator}(learner, n_estimators=${count}, random_state=SEED)`;
}
