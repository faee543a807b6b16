/** The notebook of one model: from the prepared rows to a logged model with its plots. */
import type { Notebook } from '../notebook/cell.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import type { TrialPlan } from '../problem.ts';
import type { Proposal } from '../worker/worker.ts';
import { decidePart, evaluatePart } from './cells/evaluate.ts';
import { explainPart } from './cells/explain.ts';
import { featuresPart } from './cells/features.ts';
import { fitPart } from './cells/fit.ts';
import { logPart } from './cells/log.ts';
import { modelPart } from './cells/model.ts';
import { headText, loadPart, settings, settingsImports } from './cells/opening.ts';
import { plotsPart } from './cells/plots.ts';
import { scoresPart } from './cells/scores.ts';
import { usePart } from './cells/use.ts';
import { modelOf } from './models.ts';
import { featureWays, type FeatureWay, type Model } from './models/model.ts';
import { repeaterOf } from './repeated.ts';
import type { Task } from './task.ts';

export function singleNotebook(plan: TrialPlan, task: Task): Notebook {
  const repeater = repeaterOf(plan);
  const { estimator, params }: Proposal = (repeater && plan.bases[0]) ?? plan;
  const model = modelOf(estimator);
  const parts = [
    { imports: settingsImports, cells: [] },
    loadPart(task),
    featuresPart(task, wayOf(params, model)),
    modelPart(model, params, repeater),
    fitPart(task),
    scoresPart(task),
    decidePart(task),
    evaluatePart(task),
    logPart(plan, task),
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

function wayOf(params: Proposal['params'], model: Model): FeatureWay {
  return featureWays.find((way) => way === params['features']) ?? model.features;
}
