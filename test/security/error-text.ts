import { join } from 'node:path';

/** What only our own machine, code and database could have put into an answer. */
const inside: readonly RegExp[] = [
  /\n\s+at /,
  /\.ts:\d+/,
  /node_modules|\$bunfs|bun:sqlite/,
  /SQLiteError|SQLITE_|sqlite_master|no such column|no such table|syntax error|unrecognized token|datatype mismatch/,
  /\b(ENOENT|EACCES|ENOTDIR|EISDIR|ENAMETOOLONG|ELOOP|EINVAL|EPERM|EEXIST)\b/,
  /\b(TypeError|RangeError|ReferenceError|SyntaxError)\b/,
];

const checkout = join(import.meta.dir, '../..');

/**
 * What an answer tells about the server's inside: stack traces, absolute paths, SQL. What the client itself wrote is
 * its own. Empty when all is well.
 */
export function insideOf(body: string, dir: string, request: string): string[] {
  const found = inside.flatMap((pattern) => pattern.exec(body)?.[0] ?? []);
  for (const folder of [dir, checkout]) if (body.includes(folder)) found.push(folder);
  return found.filter((text) => !request.includes(text));
}
