/** For tests: a store in a folder of its own, with a secret beside it. */
import { afterEach, beforeEach, expect } from 'bun:test';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError } from '../../protocol/errors.ts';
import { LocalArtifactStore } from './local-artifact-store.ts';

/** Another one for each test. Afterwards all of its files are closed. */
export function testStore(): TestStore {
  const place = new TestStore();
  beforeEach(() => {
    place.make();
  });
  afterEach(() => {
    rmSync(place.base, { recursive: true });
    expect(openFilesBelow(place.base)).toEqual([]);
  });
  return place;
}

class TestStore {
  base = '';
  root = '';
  outside = '';
  store = new LocalArtifactStore('');

  make(): void {
    this.base = mkdtempSync(join(tmpdir(), 'artifacts-'));
    this.root = join(this.base, 'root');
    this.outside = join(this.base, 'outside');
    mkdirSync(this.outside);
    writeFileSync(join(this.outside, 'secret'), 'secret');
    this.store = new LocalArtifactStore(this.root);
  }

  async text(path: string): Promise<string> {
    return new Response((await this.store.open(path)).stream()).text();
  }

  /** Everything in the root, the hidden folder included. */
  everything(): string[] {
    return readdirSync(this.root, { recursive: true }).map(String).sort();
  }

  staged(): string[] {
    return readdirSync(join(this.root, '.modelyard-staging'));
  }
}

function openFilesBelow(folder: string): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

export function body(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(Buffer.from(piece));
      controller.close();
    },
  });
}

/** The status and message that the work is refused with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.message}`;
    throw error;
  }
  throw new Error('was accepted');
}

export const escaped = '400 Invalid path: resolved path is outside the artifact directory';
