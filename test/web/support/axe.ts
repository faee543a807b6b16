/** WCAG 2.2 AA as far as axe-core can see it. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Axe {
  run: (
    root: Document,
    options: unknown,
  ) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** What is wrong with the page as it stands, one line for each element; the tests expect none. */
export async function axeNow(page: Page): Promise<string[]> {
  // As text of the debugger, not as a script element: the page's policy forbids those.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await Bun.file(source).text());
  return page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values } });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 300)} ${failureSummary ?? ''}`),
    );
  }, tags);
}

/** The same in the light and the dark theme. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await axeNow(page)).map((line) => `${colorScheme}: ${line}`));
  }
  return found;
}
