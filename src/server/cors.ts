export function createCors(_allowed: readonly string[] | undefined) {
  return {
    preflight: (_request: Request): Response | undefined => undefined,
    blocks: (_method: string, _path: string, _origin: string | null, _host: string | null): boolean => false,
    headers: (_origin: string | null): Record<string, string> | undefined => undefined,
  };
}
