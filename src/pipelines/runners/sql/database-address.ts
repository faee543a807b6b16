/** The address of a database as SQLAlchemy writes it, which is what pipelines name. */
import { resolve } from 'node:path';

export type Address =
  { readonly kind: 'sqlite' | 'duckdb'; readonly file: string } | { readonly kind: 'postgresql'; readonly url: string };

/**
 * @param folder that paths are relative to
 * @throws SyntaxError when it names none of the databases that are known here
 */
export function databaseAddress(uri: string, folder: string): Address {
  const [, scheme = '', rest = ''] = /^([a-z]+)(?:\+\w+)?:\/\/([^]*)$/.exec(uri) ?? [];
  if (scheme === 'postgresql' || scheme === 'postgres') return { kind: 'postgresql', url: `postgresql://${rest}` };
  if (scheme !== 'sqlite' && scheme !== 'duckdb') {
    const known = 'sqlite:///file.db, postgresql://user@host/database and duckdb:///file.duckdb';
    throw new SyntaxError(
      `client: ${scheme === '' ? uri : `${scheme}://`} is not known. Known are ${known}, and a function by its dotted path that returns an engine of SQLAlchemy.`,
    );
  }
  // Three slashes and a relative path, four and an absolute one.
  const path = rest.replace(/^\//, '').replace(/\?.*$/, '');
  if (path === '' || path === ':memory:') {
    throw new SyntaxError(
      `client: ${uri} is in memory, and its tables would be gone with the task. Name a file, such as ${scheme}:///data/my.db.`,
    );
  }
  return { kind: scheme, file: resolve(folder, path) };
}
