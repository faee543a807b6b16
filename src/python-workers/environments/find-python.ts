/** The Python of whoever started this: of the active environment, when there is one. */
export function findPython(): string | undefined {
  return Bun.which('python3') ?? Bun.which('python') ?? undefined;
}
