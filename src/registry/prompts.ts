import type { Reader } from '../database/database.ts';
import { findModelTag, type RegisteredModelRow, type Tag } from './registered-model-store.ts';

/** Clients keep prompts as registered models with this tag set to `true`. */
export const promptTag = 'mlflow.prompt.is_prompt';

/** Prompts are registered models without files; their tag on the model, not one in the request, makes them so. */
export async function isPrompt(reader: Reader, model: RegisteredModelRow): Promise<boolean> {
  return saysPrompt(await findModelTag(reader, model.id, promptTag));
}

/** Whether the tags that a model is created with make it a prompt. */
export function makePrompt(tags: readonly Tag[]): boolean {
  return saysPrompt(tags.findLast(({ key }) => key === promptTag));
}

function saysPrompt(tag: Tag | undefined): boolean {
  return tag?.value.toLowerCase() === 'true';
}
