/** The notebook of one model: from the prepared rows to a logged model with its plots. */
import type { Notebook } from '../notebook/cell.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import type { TrialPlan } from '../problem.ts';
import type { Proposal } from '../worker/worker.ts';
import { decidePart, evaluatePart } from './cells/evaluate.ts';
import { explainPart } from './cells/explain.ts';
import { featuresPart, preprocessorsOf } from './cells/features.ts';
import { fitPart } from './cells/fit.ts';
import { logPart } from './cells/log.ts';
import { modelPart } from './cells/model.ts';
import { headText, loadPart, settings, settingsImports } from './cells/opening.ts';
import { plotsPart } from './cells/plots.ts';
import { scoresPart } from './cells/scores.ts';
import { usePart } from './cells/use.ts';
import { aroundOf } from './derived.ts';
import { modelOf } from './models.ts';
import { featureWays, type FeatureWay, type Model } from './models/model.ts';
import { preparationSteps } from './preparation.ts';
import type { Task } from './task.ts';

export function singleNotebook(plan: TrialPlan, task: Task): Notebook {
  const around = aroundOf(plan, task);
  const { estimator, params }: Proposal = (around && plan.bases[0]) ?? plan;
  const model = modelOf(estimator);
  const steps = preparationSteps(params, task);
  const prepared = steps.length > 0;
  const way = wayOf(params, model, prepared);
  const preprocessors = [...preprocessorsOf(task, way, prepared), ...steps.map(({ code }) => code)];
  const parts = [
    { imports: settingsImports, cells: [] },
    loadPart(task),
    featuresPart(task, way, prepared),
    modelPart(model, params, steps, around, task),
    fitPart(task, model.module === 'sklearn.dummy'),
    scoresPart(task),
    decidePart(task),
    evaluatePart(task),
    logPart({ ...plan, params: { ...params, ...plan.params }, preprocessors }, task),
    plotsPart(task),
    explainPart(task),
    usePart(task),
  ];
  const text = `${model.about} [More of it](${model.link}).\n\n${headText(task)}`;
  return {
    name: plan.name,
    cells: notebookCells(`${plan.name}: ${estimator}`, text, settings(task), parts),
    results: ['metrics'],
  };
}

/** What follows takes numbers alone, and none missing. */
function wayOf(params: Proposal['params'], model: Model, prepared: boolean): FeatureWay {
  const way = featureWays.find((one) => one === params['features']) ?? model.features;
  return prepared && (way === 'plain' || way === 'one-hot') ? 'scaled' : way;
}
