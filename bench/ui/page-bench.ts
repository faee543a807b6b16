/** What benches of the pages share: a server of ours that is filled, Chromium, and figures of several rounds. */
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { RunningSystem } from '../system.ts';
import type { HttpRequest } from '../http-connection.ts';

const rounds = 3;
const root = join(import.meta.dir, '../..');

interface Bench<T> {
  /** What is measured, for the first line. */
  readonly about: string;
  /** Of all figures; none where their names say it. */
  readonly unit?: string;
  readonly fill: (server: FilledServer) => Promise<T>;
  readonly look: (browser: Browser, server: FilledServer, filled: T) => Promise<void>;
}

export class FilledServer {
  readonly base: string;
  readonly figures = new Map<string, number[]>();

  constructor(base: string) {
    this.base = base;
  }

  note(name: string, value: number): void {
    this.figures.set(name, [...(this.figures.get(name) ?? []), value]);
  }

  async answer<T>({ method, path, body }: HttpRequest): Promise<T> {
    const response = await fetch(this.base + path, {
      method,
      body: body as string,
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}

/** Looks three times and prints the middle, least and greatest of each figure that was noted. */
export async function benchPages<T>({ about, unit = '', fill, look }: Bench<T>): Promise<void> {
  const { running } = await RunningSystem.start({
    name: 'modelyard',
    command: (folder, port) => [join(root, 'bin/modelyard'), 'server', '--port', String(port), '--data', folder],
  });
  try {
    const server = new FilledServer(`http://127.0.0.1:${running.port}`);
    const filled = await fill(server);
    // The full browser, as people have it: the one that tests install, without a window, is Debian's chromium-headless-shell.
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const load = `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
    console.log(`${about}; ${load}; ${rounds} rounds: middle, least, most`);
    try {
      for (let round = 0; round < rounds; round++) await look(browser, server, filled);
    } finally {
      await browser.close();
    }
    for (const [name, values] of server.figures) {
      const sorted = values.toSorted((a, b) => a - b);
      const shown = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)].map((one) => one?.toFixed(0).padStart(8));
      console.log(`${name.padEnd(44)}${shown.join('')}${unit}`);
    }
  } finally {
    await running.stop();
  }
}

/** Some at a time. */
export async function all(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
