import { lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Stands in files and folder listings outside the artifact root; no answer may ever hold it. */
export const secret = 'planted-3f9c1b';
/** The file's name differs from its content, so that an error that repeats the request is told from a leak. */
export const secretFile = 'hidden.txt';

/** Puts secrets outside the artifact root, and into `linksIn` links that lead to them. */
export function plantSecrets(dir: string, linksIn: string): void {
  mkdirSync(join(dir, 'outside', `${secret}-folder`), { recursive: true });
  writeFileSync(join(dir, secretFile), `${secret} beside the artifact root`);
  writeFileSync(join(dir, 'outside', secretFile), `${secret} in a folder beside it`);
  writeFileSync(join(dir, 'outside', `${secret}-name`), secret);
  // A sibling whose name begins as the root's does: comparing prefixes of paths without the slash lets it pass.
  mkdirSync(join(dir, 'artifacts-other', `${secret}-folder`), { recursive: true });
  writeFileSync(join(dir, 'artifacts-other', secretFile), secret);
  mkdirSync(linksIn, { recursive: true });
  symlinkSync(join(dir, 'outside', secretFile), join(linksIn, 'link-file'));
  symlinkSync(join(dir, 'outside'), join(linksIn, 'link-folder'));
  symlinkSync('/', join(linksIn, 'link-root'));
  symlinkSync(dirname(dir), join(linksIn, 'link-up'));
  symlinkSync(join(dir, 'outside', 'not-there.txt'), join(linksIn, 'link-nowhere'));
}

/** Every file, folder and link below `dir` with its content, but for the database and the artifact root. */
export function outsideFiles(dir: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (folder: string): void => {
    for (const name of readdirSync(join(dir, folder)).sort()) {
      const path = join(folder, name);
      if (path === 'artifacts' || /^m\.db(-wal|-shm|-journal)?$/.test(path)) continue;
      const status = lstatSync(join(dir, path));
      if (status.isDirectory()) {
        found[`${path}/`] = '';
        walk(path);
      } else
        found[path] = status.isSymbolicLink() ? readlinkSync(join(dir, path)) : readFileSync(join(dir, path), 'utf8');
    }
  };
  walk('.');
  return found;
}
