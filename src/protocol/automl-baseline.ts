/** Which trials have looked at nothing. */
import { automlTags } from './automl-record.ts';

type Tags = Readonly<Record<string, string | undefined>>;

/** Whether a trial is a baseline, or one that was fitted to all rows. @param tagsOf those of a run */
export async function isBaseline(runId: string, tagsOf: (runId: string) => Promise<Tags>): Promise<boolean> {
  const { [automlTags.kind]: kind, [automlTags.proposal]: proposal } = await tagsOf(runId);
  if (kind !== 'final') return kind === 'baseline';
  const { refit_of: base } = JSON.parse(proposal ?? '{}') as { readonly refit_of?: unknown };
  return typeof base === 'string' && (await tagsOf(base))[automlTags.kind] === 'baseline';
}
