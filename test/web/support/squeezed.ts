/** Buttons with a sign alone, as wide as they shall be. */
import type { Page } from 'playwright-core';

/** The names of those in view that are narrower or lower than 24 pixels. */
export async function squeezedButtons(page: Page): Promise<string[]> {
  return page.locator('.button.square').evaluateAll((all) =>
    all
      .filter((button) => {
        const { width, height } = button.getBoundingClientRect();
        return width > 0 && (width < 24 || height < 24);
      })
      .map((button) => `${button.ariaLabel} ${button.getBoundingClientRect().width}`),
  );
}
