/**
 * Pages of the real UI in a real browser. `await using page = await openPage('/models')` opens one of the seeded server
 * in a fresh profile; at the end of the block it is closed, and the test fails when the page had thrown or logged an
 * error.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { TestServer } from '../../support/start-server.ts';
import { seededServer } from './server.ts';

export interface PageOptions {
  /** The seeded one by default. */
  readonly server?: Pick<TestServer, 'url'>;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Errors that the test provokes, such as `/status of 400/`. */
  readonly expected?: RegExp;
}

/** Every wait of a test ends by then. */
export const patience = 10_000;

const windowless = '/usr/bin/chromium-headless-shell';
let browser: Promise<Browser> | undefined;

function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? (existsSync(windowless) ? windowless : '/usr/bin/chromium'),
    headless: true,
    timeout: 60_000,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  return browser;
}

export async function openPage(path: string, options: PageOptions = {}): Promise<Page> {
  const page = await openTab(path, options);
  // The frame stands: its keys are heard from now on.
  await page.locator('[data-palette]').first().waitFor({ state: 'attached' });
  return page;
}

/** The same for a page that is not of the UI. */
export async function openTab(path: string, options: PageOptions = {}): Promise<Page> {
  const server = options.server ?? (await seededServer()).server;
  const context = await (
    await theBrowser()
  ).newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.theme ?? 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
    baseURL: server.url,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const errors: string[] = [];
  const note = (error: string): void => {
    if (options.expected?.test(error) !== true) errors.push(error);
  };
  page.on('pageerror', (error) => {
    note(`${error.name}: ${error.message}`);
  });
  page.on('console', (message) => {
    // Servers of other versions have no live feed; the page asks once.
    if (message.location().url.includes('/modelyard/events')) return;
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
  });
  page[Symbol.asyncDispose] = async () => {
    await context.close();
    if (errors.length > 0) throw new Error(`the page ${path} logged errors:\n${errors.join('\n')}`);
  };
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  return page;
}

/** From the next page on each tab asks for the live feed itself: no page sees the requests of a shared worker. */
export async function withoutSharedWorkers(page: Page): Promise<void> {
  await page.context().addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'SharedWorker');
  });
}
