export function createHostGuard(_allowed: readonly string[] | undefined): (host: string | null) => boolean {
  return () => true;
}
