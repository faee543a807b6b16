/** Which tasks a build looks at: all, or some with what they need. */
import { matching, withUpstream } from './graph.ts';
import { didYouMean } from '../common/did-you-mean.ts';
import { PipelineError, type Pipeline } from './pipeline.ts';

/** @param partially names, `*` in them stands for anything @returns undefined: all of them */
export function selectTasks(
  { tasks }: Pipeline,
  partially: readonly string[],
  skipUpstream: boolean,
): ReadonlySet<string> | undefined {
  if (partially.length === 0) return undefined;
  const names = tasks.map(({ name }) => name);
  const chosen = partially.flatMap((pattern) => {
    const found = matching(pattern, names);
    if (found.length > 0) return found;
    throw new PipelineError(
      `There is no task ${pattern}.${didYouMean(pattern, names) || ` There are: ${names.join(', ')}.`}`,
    );
  });
  return skipUpstream ? new Set(chosen) : withUpstream(tasks, chosen);
}
