/** WCAG 2.2 AA as far as axe-core can see it. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** What another theme can change. */
const ofColour = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

interface Axe {
  run: (
    root: Document,
    options: unknown,
  ) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** What is wrong with the page as it stands, one line for each element; the tests expect none. */
export async function axeNow(page: Page, runOnly = all): Promise<string[]> {
  // As text of the debugger, not as a script element: the page's policy forbids those.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await Bun.file(source).text());
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(document, { runOnly });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 300)} ${failureSummary ?? ''}`),
    );
  }, runOnly);
}

/** The same in the light theme, and of the dark one its colours. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const lines = await axeNow(page, colorScheme === 'light' ? all : ofColour);
    found.push(...lines.map((line) => `${colorScheme}: ${line}`));
  }
  return found;
}
