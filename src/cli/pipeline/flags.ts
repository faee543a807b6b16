/** What all actions of pipelines take, and the pipeline that they mean. */
import { findPipeline } from '../../pipelines/find-pipeline.ts';
import { loadPipeline, type LoadedPipeline } from '../../pipelines/load-pipeline.ts';
import type { Action } from '../action.ts';
import { CommandError } from '../command.ts';

export const pipelineFlags = {
  'entry-point': {
    type: 'string',
    short: 'e',
    value: 'FILE',
    variable: 'ENTRY_POINT',
    fallback: 'pipeline.yaml, here or above',
    meaning: "the pipeline's file",
  },
  env: {
    type: 'many',
    value: 'NAME=VALUE',
    meaning: 'a value instead of that in env.yaml, also written --env--NAME VALUE, --env--NESTED--NAME VALUE',
  },
} as const;

export interface GivenPipeline {
  readonly 'entry-point'?: string | undefined;
  readonly env?: readonly string[] | undefined;
}

export function pipelineOf(given: GivenPipeline): Promise<LoadedPipeline> {
  return told(() => loadPipeline(findPipeline(process.cwd(), given['entry-point']), process.cwd(), envOf(given.env)));
}

export function envOf(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
      throw new CommandError(`--env takes NAME=VALUE, not '${text}'`, 2);
    }),
  );
}

/** What is wrong with a pipeline is told without a stack. */
export async function told<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'PipelineError') throw error;
    const lines = error.message.split('\n');
    if (lines.length === 1) throw new CommandError(error.message);
    throw new CommandError(`the pipeline cannot be built:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
}

/** `--env--a--b VALUE` becomes `--env=a.b=VALUE`. */
export function withEnvFlags(action: Action): Action {
  return {
    ...action,
    run: (command, args) => {
      const rest: string[] = [];
      for (let at = 0; at < args.length; at++) {
        const arg = args[at] ?? '';
        const match = /^--env--([^=]+)(?:=(.*))?$/s.exec(arg);
        const value = match?.[2] ?? args[at + 1];
        if (match && value === undefined) throw new CommandError(`Option '${arg}' needs a value`, 2);
        if (match && match[2] === undefined) at++;
        rest.push(match ? `--env=${match[1]?.replaceAll('--', '.')}=${value}` : arg);
      }
      return action.run(command, rest);
    },
  };
}
