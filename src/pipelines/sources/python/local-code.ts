/** What code uses of the modules that lie in the pipeline's folder: when it changes, so does the code that uses it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { moduleOf, type Import, type Statement } from './module.ts';
import { normalised } from './normalise.ts';

interface LocalModule {
  readonly file: string;
  readonly statements: readonly Statement[];
}

/** By file, with the text that it was made of: many tasks share their modules. */
const known = new Map<string, { readonly text: string; readonly module: LocalModule }>();

export function readModule(file: string): LocalModule {
  const text = readFileSync(file, 'utf8');
  const found = known.get(file);
  if (found?.text === text) return found.module;
  const module = { file, statements: moduleOf(text) };
  known.set(file, { text, module });
  return module;
}

export class LocalCode {
  readonly #roots: readonly string[];
  /** By file, which of its statements are used. */
  readonly #used = new Map<string, Set<Statement>>();

  /** @param roots folders in which modules are looked for, in this order */
  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** The file of a module, or of a package. */
  find(module: string, from?: string): string | undefined {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const parts = module.slice(dots).split('.').filter(Boolean);
    const up = (folder: string): string => join(folder, ...Array<string>(Math.max(dots - 1, 0)).fill('..'));
    const roots = dots > 0 ? (from === undefined ? [] : [up(dirname(from))]) : this.#roots;
    for (const root of roots) {
      const path = join(root, ...parts);
      const file = [`${path}.py`, join(path, '__init__.py')].find((one) => existsSync(one));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** Takes what the name stands for, and all that it uses. */
  addName(file: string, name: string): void {
    const { statements } = readModule(file);
    for (const one of statements) if (one.defines.has(name) || one.isEffect) this.#add(file, one);
  }

  addAll(file: string): void {
    for (const one of readModule(file).statements) this.#add(file, one);
  }

  addImports(imports: readonly Import[], from: string): void {
    for (const one of imports) this.#addImport(one, from);
  }

  /** The code of all that was taken, always in the same order. */
  text(base: string): string {
    const files = [...this.#used.keys()].toSorted();
    return files
      .map((file) => {
        const used = this.#used.get(file);
        const statements = readModule(file).statements.filter((one) => used?.has(one));
        return `# ${relative(base, file)}\n${normalised(statements.flatMap(({ lines }) => lines))}`;
      })
      .join('\n');
  }

  #add(file: string, statement: Statement): void {
    const used = this.#used.get(file) ?? new Set<Statement>();
    this.#used.set(file, used);
    if (used.has(statement)) return;
    used.add(statement);
    this.addImports(statement.imports, file);
    for (const other of readModule(file).statements) {
      if ([...other.defines].some((name) => statement.uses.has(name))) this.#add(file, other);
    }
  }

  #addImport({ module, name }: Import, from: string): void {
    const file = this.find(module, from);
    if (name === undefined || name === '*') {
      if (file !== undefined) this.addAll(file);
      return;
    }
    const inner = this.find(module.endsWith('.') ? `${module}${name}` : `${module}.${name}`, from);
    if (inner !== undefined) this.addAll(inner);
    else if (file !== undefined) this.addName(file, name);
  }
}
