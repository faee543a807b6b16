/** The notebooks of models that are made of other trials' models. */
import { costMetrics } from '../../protocol/automl-record.ts';
import type { Notebook } from '../notebook/cell.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import type { Part } from '../notebook/part.ts';
import type { TrialPlan } from '../problem.ts';
import { basesPart } from './cells/bases.ts';
import { blendModelPart, blendPart } from './cells/blend.ts';
import { decidePart, evaluatePart } from './cells/evaluate.ts';
import { membersImportancePart } from './cells/explain.ts';
import { givenWeightsPart } from './cells/given-weights.ts';
import { logPart } from './cells/log.ts';
import { headText, loadPart, settings, settingsImports } from './cells/opening.ts';
import { plotsPart } from './cells/plots.ts';
import { scoresPart } from './cells/scores.ts';
import { stackParts } from './cells/stack.ts';
import { usePart } from './cells/use.ts';
import type { Task } from './task.ts';

const abouts = {
  blend: 'The weighted mean of several models: their errors cancel out where they differ.',
  stack: 'A linear model on top of several models learns how far each is to be trusted.',
};

export function ensembleNotebook(plan: TrialPlan, kind: 'blend' | 'stack', task: Task): Notebook {
  const parts = [
    { imports: settingsImports, cells: [] },
    loadPart(task),
    scoresPart(task),
    basesPart(plan.bases, task),
    ...(kind === 'blend' ? [weightsPart(plan, task), blendModelPart(task)] : stackParts(task)),
    decidePart(task),
    evaluatePart(task, kind === 'blend' ? `"${costMetrics.members}": len(params)` : ''),
    logPart({ ...plan, frameworks: plan.bases.map(({ framework }) => framework) }, task),
    plotsPart(task),
    membersImportancePart(kind === 'blend'),
    usePart(task),
  ];
  const text = `${abouts[kind]} Its members keep notebooks of their own.\n\n${headText(task)}`;
  return {
    name: plan.name,
    cells: notebookCells(`${plan.name}: ${plan.estimator}`, text, settings(task), parts),
    results: ['metrics'],
  };
}

function weightsPart({ bases, params }: TrialPlan, task: Task): Part {
  if (typeof params['weights'] !== 'string') return blendPart(bases, task);
  const weights = params['weights'].split(', ').map(Number);
  return givenWeightsPart(Object.fromEntries(bases.map(({ name }, place) => [name, weights[place] ?? 0])));
}
