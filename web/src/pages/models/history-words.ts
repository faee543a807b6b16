/** An event of the registry in words. */
import type { RegistryEvent } from '../../api/model-history.ts';
import { text } from '../../text/models.ts';

export interface ToldChange {
  readonly words: string;
  /** The value it had, and the one it got. */
  readonly before?: string;
  readonly after?: string;
}

/** @param shownOf the version whose history this is; undefined for the model's */
export function told({ kind, version, body }: RegistryEvent, shownOf: string | undefined): ToldChange {
  const words = text.history;
  const [old, now] = [valueOf(body, 'old'), valueOf(body, 'new')];
  const change = { ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) };
  switch (kind) {
    case 'registered_model.created':
      return { words: words.modelCreated };
    case 'registered_model.deleted':
      return { words: words.modelDeleted };
    case 'registered_model.renamed':
      return { words: words.renamed, ...change };
    case 'registered_model.description_changed':
    case 'model_version.description_changed':
      return { words: words.description, ...change };
    case 'registered_model.tag_set':
    case 'model_version.tag_set':
      return { words: (old === undefined ? words.tagSet : words.tagChanged)(field(body, 'key')), ...change };
    case 'registered_model.tag_deleted':
    case 'model_version.tag_deleted':
      return { words: words.tagDeleted(field(body, 'key')), ...change };
    case 'model_version.created':
      return { words: created(field(body, 'source')) };
    case 'model_version.stage_changed':
      return { words: words.stage(old ?? '', now ?? '', valueOf(body, 'replaced_by')) };
    case 'model_version.alias_set':
      if (old === undefined) return { words: words.aliasSet(field(body, 'alias')) };
      return shownOf === old && version !== shownOf
        ? { words: words.aliasLeft(field(body, 'alias'), now ?? '') }
        : { words: words.aliasMoved(field(body, 'alias'), old) };
    case 'model_version.alias_deleted':
      return { words: words.aliasDeleted(field(body, 'alias')) };
    case 'model_version.deleted':
      return { words: words.versionDeleted(Object.keys(body['aliases'] ?? {}).join(', ')) };
    default:
      // A newer server may tell of more.
      return { words: kind, ...change };
  }
}

function created(source: string): string {
  const copied = /^models:\/(.+)\/(\d+)$/.exec(source);
  return copied ? text.history.copied(copied[1] ?? '', copied[2] ?? '') : text.history.versionCreated(source);
}

function field(body: RegistryEvent['body'], name: string): string {
  return valueOf(body, name) ?? '';
}

/** Undefined for what was not there; what was cut ends in an ellipsis. */
function valueOf(body: RegistryEvent['body'], name: string): string | undefined {
  const { [name]: value, cut } = body;
  if (typeof value !== 'string') return undefined;
  return Array.isArray(cut) && cut.includes(name) ? `${value}…` : value;
}
