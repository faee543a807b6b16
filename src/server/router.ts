import type { HttpMethod, Permission } from '../protocol/route.ts';

/** One mounted path and method. */
export interface Mounted<Target> {
  readonly method: HttpMethod;
  /** Absolute path; `{name}` matches one segment, a final `{*name}` the rest, slashes and all. */
  readonly path: string;
  readonly permission: Permission;
  readonly target: Target;
}

export interface Match<Target> {
  readonly target: Target;
  /** Parameters as they stand in the path, still percent-encoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Pattern<Target> {
  readonly segments: readonly string[];
  readonly target: Target;
}

const noParameters: Readonly<Record<string, string>> = {};

/** Finds the target of a method and path. A mount without a permission is refused: the default is to deny. */
export class Router<Target> {
  readonly #fixed = new Map<string, Target>();
  readonly #patterns = new Map<HttpMethod, Pattern<Target>[]>();
  readonly #methods = new Map<string, Set<HttpMethod>>();

  constructor(mounts: readonly Mounted<Target>[]) {
    for (const mount of mounts) this.#add(mount);
  }

  #add({ method, path, permission, target }: Mounted<Target>): void {
    if (!permission) throw new Error(`${method} ${path} names no permission`);
    if (!path.includes('{')) {
      if (this.#fixed.has(`${method} ${path}`)) throw new Error(`${method} ${path} is mounted twice`);
      this.#fixed.set(`${method} ${path}`, target);
      const methods = this.#methods.get(path) ?? new Set();
      this.#methods.set(path, methods.add(method));
      return;
    }
    const patterns = this.#patterns.get(method) ?? [];
    patterns.push({ segments: path.split('/'), target });
    this.#patterns.set(method, patterns);
  }

  find(method: string, path: string): Match<Target> | undefined {
    const target = this.#fixed.get(`${method} ${path}`);
    if (target !== undefined) return { target, parameters: noParameters };
    const parts = path.split('/');
    for (const pattern of this.#patterns.get(method as HttpMethod) ?? []) {
      const parameters = matchSegments(pattern.segments, parts);
      if (parameters) return { target: pattern.target, parameters };
    }
    return undefined;
  }

  /** The methods a path is mounted with; empty for an unknown path. */
  methodsOf(path: string): string[] {
    const parts = path.split('/');
    const found = new Set<string>(this.#methods.get(path) ?? []);
    for (const [method, patterns] of this.#patterns) {
      if (patterns.some((pattern) => matchSegments(pattern.segments, parts))) found.add(method);
    }
    return [...found];
  }
}

function matchSegments(segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const part = parts[i];
    if (part === undefined) return undefined;
    if (segment.startsWith('{*')) {
      parameters[segment.slice(2, -1)] = parts.slice(i).join('/');
      return parameters;
    }
    if (segment.startsWith('{')) {
      if (part === '') return undefined;
      parameters[segment.slice(1, -1)] = part;
    } else if (segment !== part) return undefined;
  }
  return segments.length === parts.length ? parameters : undefined;
}
