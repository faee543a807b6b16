/** What is recorded goes on when nobody reads any more what it prints, such as behind `head`. */
export function goOnUnwatched(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.removeAllListeners('error').on('error', () => undefined);
}
