/** How many are tried. */
const tried = 20;

/** A port after this one on which nothing listens, to be proposed. */
export function freePortAfter(port: number, hostname: string): number {
  const next = Array.from({ length: tried }, (_, at) => port + 1 + at).find((one) => isFree(one, hostname));
  return next ?? port + 1;
}

function isFree(port: number, hostname: string): boolean {
  if (port > 65_535) return false;
  try {
    Bun.listen({ port, hostname, socket: { data: () => undefined } }).stop(true);
    return true;
  } catch {
    return false;
  }
}
