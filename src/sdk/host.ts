/**
 * What only a machine with files and processes can do. `modelyard/node` provides it; without it the SDK does the rest.
 */
import type { Journal } from './metric-queue.ts';
import type { Settings } from './settings.ts';
import type { Body } from './transport.ts';

export type Upload = (path: string, content: Body) => Promise<void>;

export interface Host {
  /** Tags that say what code runs: its name, its git commit, branch and repository. */
  readonly sourceTags?: () => Promise<Readonly<Record<string, string>>>;
  readonly journal?: (settings: Settings, runId: string) => Journal;
  /** Uploads a file, or each file of a folder, with its path below it. */
  readonly upload?: (localPath: string, upload: Upload, folder: boolean) => Promise<void>;
  /** A package that the application has installed. */
  readonly importPackage?: (name: string) => Promise<unknown>;
  /** Watches this machine and logs to the run until it is stopped. */
  readonly systemMetrics?: (log: (metrics: Record<string, number>, step: number) => void) => { stop(): Promise<void> };
}

let host: Host = {};

export function setHost(provided: Host): void {
  host = provided;
}

export function journalOf(settings: Settings, runId: string): Journal | undefined {
  return host.journal?.(settings, runId);
}

export async function uploadFrom(localPath: string, upload: Upload, folder = false): Promise<void> {
  if (!host.upload) throw new TypeError('Files of this machine need `import "modelyard/node"` (Node, Bun or Deno).');
  await host.upload(localPath, upload, folder);
}

/** Undefined where packages are bundled. */
export function packageImporter(): ((name: string) => Promise<unknown>) | undefined {
  return host.importPackage;
}

export async function sourceTags(): Promise<Readonly<Record<string, string>>> {
  return (await host.sourceTags?.()) ?? {};
}

export function watchSystem(
  log: (metrics: Record<string, number>, step: number) => void,
): { stop(): Promise<void> } | undefined {
  return host.systemMetrics?.(log);
}
