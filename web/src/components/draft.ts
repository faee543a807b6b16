/** Texts that are being written, kept for this tab: leaving the page, or reloading it, loses none. */

function keyOf(subject: string): string {
  return `modelyard.draft.${subject}`;
}

export function draftOf(subject: string): string | undefined {
  return sessionStorage.getItem(keyOf(subject)) ?? undefined;
}

/**
 * @param subject what the text is about, such as `run ID`
 * @param draft undefined once it is saved or given up
 */
export function keepDraft(subject: string, draft: string | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(keyOf(subject));
    else sessionStorage.setItem(keyOf(subject), draft);
  } catch {
    // A full store keeps no draft; the text still stands in its field.
  }
}
