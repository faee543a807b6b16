/** Walks a page with the keyboard alone. */
import type { Page } from 'playwright-core';

/** What a screen reader would call the element that has the focus, roughly: role and name. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'body';
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const name = [
      element.getAttribute('aria-label'),
      labels.map((label) => label.textContent).join(' '),
      element.textContent,
      element.getAttribute('title'),
    ].find((text) => text !== null && text.trim() !== '');
    const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
    return `${role} ${(name ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 80)}`.trim();
  });
}

/** Presses Tab until `wanted` has the focus; fails after `most` stops, saying which there were. */
export async function tabTo(page: Page, wanted: RegExp, most = 60): Promise<void> {
  const stops: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (wanted.test(stop)) return;
    stops.push(stop);
  }
  throw new Error(`no stop of the Tab key is ${String(wanted)}; there were:\n${stops.join('\n')}`);
}

/** Stops of the Tab key from here on that show no outline. */
export async function stopsWithoutOutline(page: Page, most = 60): Promise<string[]> {
  const bare: string[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === 'body' || seen.has(stop)) break;
    seen.add(stop);
    const shown = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return false;
      // A grid draws its outline around the cell that its cursor is on.
      const active = element.getAttribute('aria-activedescendant');
      const drawn = (active === null ? null : document.getElementById(active)) ?? element;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    if (!shown) bare.push(stop);
  }
  return bare;
}
