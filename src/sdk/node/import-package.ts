/** Packages of the application, which may lie elsewhere than the SDK, such as when that is linked. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** From where the program lies, from where it was started, else from where the SDK lies. */
export async function importPackage(name: string): Promise<unknown> {
  const place = findPackage(name);
  if (place !== undefined) return import(/* @vite-ignore */ pathToFileURL(place).href);
  return import(/* @vite-ignore */ name);
}

/** The file that the name stands for, for the program or for where it was started. */
export function findPackage(name: string): string | undefined {
  const folders = [dirname(process.argv[1] ?? process.cwd()), process.cwd()];
  return folders.map((folder) => resolveFrom(folder, name)).find((place) => place !== undefined);
}

function resolveFrom(folder: string, name: string): string | undefined {
  const { Bun: bun } = globalThis as { Bun?: { resolveSync(name: string, folder: string): string } };
  try {
    return bun ? bun.resolveSync(name, folder) : createRequire(join(folder, 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}
