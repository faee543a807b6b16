/** Texts that are being written, kept for this tab: leaving the page, or reloading it, loses none. */

function keyOf(subject: string): string {
  return `modelyard.draft.${subject}`;
}

export function draftOf(subject: string): string | undefined {
  return sessionStorage.getItem(keyOf(subject)) ?? undefined;
}

/** The text that the draft started from. */
export function baseOf(subject: string): string | undefined {
  return sessionStorage.getItem(`${keyOf(subject)} base`) ?? undefined;
}

/**
 * @param subject what the text is about, such as `run ID`
 * @param draft undefined once it is saved or given up
 * @param base the text that it started from, where somebody else may change that
 */
export function keepDraft(subject: string, draft: string | undefined, base?: string): void {
  try {
    keep(keyOf(subject), draft);
    keep(`${keyOf(subject)} base`, base);
  } catch {
    // A full store keeps no draft; the text still stands in its field.
  }
}

function keep(key: string, value: string | undefined): void {
  if (value === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, value);
}
