/** Rules for the names that users choose in the model registry; the UI checks them while they are typed. */
import { invalidParameter } from './errors.ts';
import { limits } from './limits.ts';
import { checkLength, checkNoPath } from './names.ts';

export function checkModelName(name: string): void {
  if (name.trim() === '') throw invalidParameter("Missing value for required parameter 'name'.");
  if (/[/:]/.test(name)) throw invalidParameter(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  checkNoPath(name, 'name');
}

export function checkAlias(alias: string): void {
  if (!/^[\p{L}\p{N}\p{M}_-]+$/u.test(alias)) {
    throw invalidParameter(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  checkLength(alias, limits.alias, 'Registered model alias name');
}

/** An alias that may be set: `latest` and `v1` mean something already. */
export function checkNewAlias(alias: string): void {
  checkAlias(alias);
  if (alias.toLowerCase() === 'latest') throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw invalidParameter(`Version alias name '${alias}' is reserved.`);
}
