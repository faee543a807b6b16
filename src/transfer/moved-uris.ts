/** Where artifacts were, and where they are now, so that what names a file of theirs can follow. */
export class MovedUris {
  readonly #moved = new Map<string, string>();

  set(before: string, now: string): void {
    if (before !== now) this.#moved.set(plain(before), now);
  }

  /** The address with its moved part replaced; as it is when none of it moved. */
  follow(uri: string): string {
    const whole = plain(uri);
    for (let end = whole.length; end > 0; end = whole.lastIndexOf('/', end - 1)) {
      const now = this.#moved.get(whole.slice(0, end));
      if (now !== undefined) return now + whole.slice(end);
    }
    return uri;
  }
}

/** A path and a `file:` URI of it are one. */
function plain(uri: string): string {
  return uri.replace(/^file:\/\/(localhost)?(?=\/)/, '').replace(/(?<=.)\/+$/, '');
}
