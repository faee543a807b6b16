/** Tells the event log what was changed of the registry. All that the registry appends goes through here. */
import type { registryEventKinds } from '../protocol/registry-views.ts';
import type { Writer } from '../database/database.ts';
import { append } from '../events/event-log.ts';
import type { EventBody } from '../events/event-body.ts';
import type { Tag } from './registered-model-store.ts';

type Kind = (typeof registryEventKinds)[number];
type ModelKind = Extract<Kind, `registered_model.${string}`>;
type VersionKind = Extract<Kind, `model_version.${string}`>;

export async function noteModel(
  writer: Writer,
  { id, name }: { readonly id: number; readonly name: string },
  kind: ModelKind,
  body: EventBody,
): Promise<void> {
  const subjects = [{ type: 'model', thing: id }] as const;
  await append(writer, { time: Date.now(), kind, name, version: null, body, subjects });
}

interface NamedVersion {
  readonly model: number;
  readonly name: string;
  readonly version: number;
}

/** @param former another version that it was changed of, too: the one that an alias left */
export async function noteVersion(
  writer: Writer,
  { model, name, version }: NamedVersion,
  kind: VersionKind,
  body: EventBody,
  former?: number,
): Promise<void> {
  const parts = [0, version, ...(former === undefined ? [] : [former])];
  const subjects = parts.map((part) => ({ type: 'model', thing: model, part }) as const);
  await append(writer, { time: Date.now(), kind, name, version, body, subjects });
}

/** Tags as the body of an event has them; nothing when there are none. */
export function tagsBody(tags: readonly Tag[]): EventBody {
  return tags.length === 0 ? {} : { tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])) };
}

/** Aliases and the versions that they point at. */
export function aliasesBody(aliases: readonly { readonly alias: string; readonly version: number }[]): EventBody {
  if (aliases.length === 0) return {};
  return { aliases: Object.fromEntries(aliases.map(({ alias, version }) => [alias, String(version)])) };
}
