/** Where a dataset came from. Most clients log JSON with one address in it; all others are shown as they were logged. */
export function addressOf(source: string): string {
  try {
    const values = Object.values(JSON.parse(source) as object);
    return values.length === 1 && typeof values[0] === 'string' ? values[0] : source;
  } catch {
    return source;
  }
}
