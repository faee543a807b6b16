import { invalidParameter } from '../protocol/errors.ts';

export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof stages)[number];

/** Stages that serve: only for them may the others of the stage be archived. */
export const activeStages: readonly Stage[] = ['Staging', 'Production'];

/** The stage by its name in any letter case, or 400. */
export function stageOf(name: string): Stage {
  const stage = stages.find((known) => known.toLowerCase() === name.toLowerCase());
  if (!stage)
    throw invalidParameter(`Invalid Model Version stage: ${name}. Value must be one of ${stages.join(', ')}.`);
  return stage;
}
