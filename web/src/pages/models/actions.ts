/** Changes with their message and way back; a failure says so and changes nothing. */
import {
  deleteAlias,
  deleteModelTag,
  deleteVersionTag,
  setAlias,
  setModelTag,
  setStage,
  setVersionTag,
} from '../../api/model-changes.ts';
import type { StagedVersion } from '../../api/models.ts';
import { change } from '../../components/change.ts';
import { text } from '../../text/models.ts';

/** @param from the version that the alias points at now */
export function moveAlias(name: string, alias: string, from: string | undefined, to: string): Promise<boolean> {
  return change(
    () => setAlias(name, alias, to),
    from === undefined ? text.aliasSet(alias, to) : text.aliasMoved(alias, from, to),
    () => (from === undefined ? deleteAlias(name, alias) : setAlias(name, alias, from)),
  );
}

export function removeAlias(name: string, alias: string, from: string): Promise<boolean> {
  return change(
    () => deleteAlias(name, alias),
    text.aliasRemoved(alias, from),
    () => setAlias(name, alias, from),
  );
}

/** @param archived the versions that are archived by it, so that the way back can bring them too */
export function moveStage(
  name: string,
  version: string,
  stage: { readonly from: string; readonly to: string },
  archived: readonly StagedVersion[],
): Promise<boolean> {
  const shown = (of: string): string => text.stages[of] ?? of;
  return change(
    () => setStage(name, version, stage.to, archived.length > 0),
    text.stageMoved(version, shown(stage.from), shown(stage.to)),
    async () => {
      await setStage(name, version, stage.from);
      for (const other of archived) await setStage(name, other.version, other.stage);
    },
  );
}

/** Whose tags they are: a model's, or those of a version of it. */
export interface TagOwner {
  readonly name: string;
  readonly version?: string;
}

function put({ name, version }: TagOwner, key: string, value: string): Promise<void> {
  return version === undefined ? setModelTag(name, key, value) : setVersionTag(name, version, key, value);
}

function drop({ name, version }: TagOwner, key: string): Promise<void> {
  return version === undefined ? deleteModelTag(name, key) : deleteVersionTag(name, version, key);
}

export function saveTag(owner: TagOwner, key: string, value: string, before: string | undefined): Promise<boolean> {
  return change(
    () => put(owner, key, value),
    text.tagSaved(key),
    () => (before === undefined ? drop(owner, key) : put(owner, key, before)),
  );
}

export function removeTag(owner: TagOwner, key: string, before: string): Promise<boolean> {
  return change(
    () => drop(owner, key),
    text.tagRemoved(key),
    () => put(owner, key, before),
  );
}
