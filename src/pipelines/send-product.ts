/** What a task has left, as artifacts of its run. */
import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ProductRecord } from '../protocol/pipeline-record.ts';
import type { ArtifactStore } from '../sdk/artifact-store.ts';
import { productRecord } from './build-record.ts';
import type { Product, Task } from './pipeline.ts';
import { failedNotebook, notebooksOf } from './runners/task-values.ts';

/** Larger products are named in the record and stay where they are. */
const largest = 100_000_000;

export async function sendProduct(
  store: ArtifactStore,
  folder: string,
  task: Task,
  product: Product,
): Promise<ProductRecord> {
  const record = productRecord(product);
  if (product.kind === 'relation') return record;
  const path = resolve(folder, product.identifier);
  const found = await stat(path).catch(() => undefined);
  if (!found) return record;
  const artifact = artifactPath(task, product);
  if (found.isFile()) {
    if (found.size > largest) return { ...record, size: found.size };
    await store.upload(artifact, await openAsBlob(path));
    return { ...record, size: found.size, artifact };
  }
  const files = await filesBelow(path);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > largest) return { ...record, kind: 'folder', size };
  for (const file of files) await store.upload(`${artifact}/${file.path}`, await openAsBlob(join(path, file.path)));
  return { ...record, kind: 'folder', size, artifact };
}

/** How far the notebook of a task that failed has come, where it is one. */
export async function sendFailedNotebook(store: ArtifactStore, folder: string, task: Task): Promise<void> {
  const [notebook] = notebooksOf(task, folder);
  if (notebook === undefined) return;
  const failed = failedNotebook(notebook);
  await sendFile(store, `pipeline/${basename(failed)}`, failed);
}

export async function sendLog(store: ArtifactStore, log: string): Promise<void> {
  await sendFile(store, 'pipeline/log.txt', log);
}

/** What is not there, empty or too large is left out. */
async function sendFile(store: ArtifactStore, artifact: string, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && found.size > 0 && found.size <= largest) await store.upload(artifact, await openAsBlob(path));
}

/** `pipeline/products/<task>/<file name>`; the key before it where two have one name. */
function artifactPath({ name, products }: Task, { key, identifier }: Product): string {
  const last = (path: string): string =>
    path.split(/[/\\]/).findLast((part) => part !== '' && part !== '..') ?? 'product';
  const file = last(identifier);
  const twice = products.filter((one) => last(one.identifier) === file).length > 1;
  return ['pipeline/products', safe(name), ...(twice && key !== undefined ? [safe(key)] : []), file].join('/');
}

function safe(part: string): string {
  return part.replace(/[/\\]/g, '_').replace(/^\.+$/, '_');
}

async function filesBelow(folder: string): Promise<{ path: string; size: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => ({
      path: file.slice(folder.replace(/\/+$/, '').length + 1),
      size: (await stat(file)).size,
    })),
  );
}
