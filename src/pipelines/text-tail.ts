/** The end of a long text, where a traceback says what went wrong. */
export function tail(text: string, length = 8000): string {
  return text.length <= length ? text : `…${text.slice(text.length - length + 1)}`;
}
