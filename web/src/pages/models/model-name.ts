/** MLflow's rules for names, in the words of the UI; undefined when the name is good. */
import { checkModelName, checkNewAlias, longestAlias } from '../../api/model-names.ts';
import { text } from '../../text/models.ts';

function holds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return text.name.missing;
  if (/[/:]/.test(name)) return text.name.separators;
  return holds(() => {
    checkModelName(name);
  })
    ? undefined
    : text.name.path;
}

export function aliasProblem(alias: string): string | undefined {
  if (alias === '') return text.alias.empty;
  if (!/^[\p{L}\p{N}\p{M}_-]+$/u.test(alias)) return text.alias.letters;
  if ([...alias].length > longestAlias) return text.alias.long;
  return holds(() => {
    checkNewAlias(alias);
  })
    ? undefined
    : text.alias.reserved;
}

/** `models:/name/3`, or `models:/name@alias`. */
export function modelUri(name: string, at: { version: string } | { alias: string } | { stage: string }): string {
  if ('alias' in at) return `models:/${name}@${at.alias}`;
  return `models:/${name}/${'version' in at ? at.version : at.stage}`;
}

const filterWord =
  /(?:^|\s)(?:name|tags?\.|attributes?\.|last_updated_timestamp)\S*\s*(?:=|!=|<|>|(?:not\s+)?(?:i?like|in)\b)/i;

/** Whether what was typed means the filter syntax; anything else is words. */
export function isModelFilter(typed: string): boolean {
  return filterWord.test(typed) || /\btags?\.[`"]/i.test(typed);
}

/** A key whose comparison is still to be typed. */
export function isModelFilterBegun(typed: string): boolean {
  return !isModelFilter(typed) && /^\s*(?:name|tags?\.\S*|last_updated_timestamp)\s*$/i.test(typed);
}
