/**
 * Packages that lie elsewhere than the program: nothing is put into a user's folder. Bun, and `require` in Node, look where
 * NODE_PATH says; `import` in Node learns it by a hook.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { environment } from '../../sdk/settings.ts';
import type { Variables } from './project-environment.ts';

const resolver = `
let parent;
export function initialize(data) {
  parent = data;
}
export async function resolve(name, context, next) {
  try {
    return await next(name, context);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || /^([.]{0,2}[/]|[a-z]+:)/.test(name)) throw error;
    return next(name, { ...context, parentURL: parent });
  }
}
`;

/** @param packages a folder `node_modules` */
export function fallbackTo(packages: string): Variables {
  const hook = join(dirname(packages), 'fallback.mjs');
  if (!existsSync(hook)) {
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(`${hook}.${process.pid}`, hookOf(pathToFileURL(hook).href));
    renameSync(`${hook}.${process.pid}`, hook);
  }
  const path = environment('NODE_PATH');
  return {
    NODE_PATH: path === undefined ? packages : `${packages}:${path}`,
    NODE_OPTIONS: `${environment('NODE_OPTIONS') ?? ''} --import ${pathToFileURL(hook).href}`.trim(),
  };
}

function hookOf(parent: string): string {
  return `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(resolver)}), { data: ${JSON.stringify(parent)} });
`;
}
