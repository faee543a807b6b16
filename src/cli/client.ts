/** The program of the commands that talk to a server. */
import { artifactsCommand } from './artifacts.ts';
import { automlCommand } from './automl/automl.ts';
import type { Command } from './command.ts';
import { completionCommand } from './completion.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { endpointsCommand } from './endpoints/endpoints.ts';
import { experimentsCommand } from './experiments/experiments.ts';
import { jobsCommand } from './jobs/jobs.ts';
import { modelsCommand } from './models/models.ts';
import { pipelineCommand } from './pipeline/pipeline.ts';
import { registeredModelsCommand } from './models/registered-models.ts';
import { projectsCommand, runCommand } from './run.ts';
import { runsCommand } from './runs/runs.ts';
import { syncCommand } from './sync.ts';

/** @param others the commands of `main.ts`, which completion knows too */
export function clientCommands(version: string, others: readonly Command[]): readonly Command[] {
  const groups = [
    experimentsCommand,
    runsCommand,
    artifactsCommand,
    registeredModelsCommand,
    modelsCommand,
    endpointsCommand,
    jobsCommand,
    runCommand,
    projectsCommand,
    pipelineCommand,
    automlCommand,
    syncCommand,
    doctorCommand(version),
  ];
  return [...groups, completionCommand(groups, others)];
}
