/** What a model or a project says that it needs of Python. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromYaml } from '../../sdk/models/yaml-reader.ts';

/** The files that may say it. */
export interface NeedsFiles {
  readonly conda?: string | undefined;
  readonly python?: string | undefined;
  readonly requirements?: string | undefined;
}

export interface PythonNeeds {
  /** Such as 3.11; undefined: any. */
  readonly python: string | undefined;
  /** What is installed first, by itself. */
  readonly build: readonly string[];
  /** Lines as pip reads them. */
  readonly requirements: readonly string[];
  /** The folder to which paths in these lines are relative. */
  readonly folder: string;
  /** The texts of files that the lines name. */
  readonly included: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

/** python_env.yaml counts, then requirements.txt, then the pip part of conda.yaml. @throws SyntaxError */
export function readNeeds(files: NeedsFiles): PythonNeeds {
  const named = files.python ?? files.requirements ?? files.conda;
  const folder = named === undefined ? '.' : dirname(named);
  const conda = files.conda === undefined ? undefined : condaNeeds(valuesOf(files.conda));
  const said = files.python === undefined ? {} : valuesOf(files.python);
  const version = files.python === undefined ? undefined : versionIn(files.python);
  const lines = files.python === undefined ? [] : textsOf(said['dependencies']);
  const requirements =
    lines.length > 0
      ? lines
      : files.requirements === undefined
        ? (conda?.pip ?? [])
        : [`-r ${files.requirements.slice(folder.length + 1)}`];
  const flat = requirements.flatMap((line) => linesOf(line, folder));
  return {
    python: version ?? conda?.python,
    build: textsOf(said['build_dependencies']),
    requirements: flat,
    folder,
    included: flat.flatMap((line) => includedIn(line, folder)),
  };
}

function valuesOf(file: string): Values {
  const values = fromYaml(readFileSync(file, 'utf8'));
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values as Values;
  throw new SyntaxError(`${file} names nothing.`);
}

function condaNeeds(values: Values): { python: string | undefined; pip: readonly string[] } {
  const parts = Array.isArray(values['dependencies']) ? (values['dependencies'] as unknown[]) : [];
  const python = parts.map((part) => /^python\s*={1,2}\s*(\d+\.\d+)/.exec(String(part))?.[1]).find(Boolean);
  return {
    python,
    pip: parts.flatMap((part) => (typeof part === 'object' && part !== null ? textsOf((part as Values)['pip']) : [])),
  };
}

/** `-r requirements.txt` stands for its lines, which are then those of the environment. */
function linesOf(line: string, folder: string): string[] {
  const name = /^(?:-r|--requirement)[\s=]+(.+)$/.exec(line.trim())?.[1];
  const file = name === undefined ? undefined : join(folder, name);
  if (file === undefined || !existsSync(file)) return [line.trim()];
  const text = readFileSync(file, 'utf8').replace(/\\\r?\n/g, ' ');
  return text
    .split(/\r?\n/)
    .map((one) => one.replace(/(^|\s)#.*$/, '').trim())
    .filter((one) => one !== '');
}

function includedIn(line: string, folder: string): string[] {
  const name = /^(?:-[rc]|--requirement|--constraint)[\s=]+(.+)$/.exec(line)?.[1];
  const file = name === undefined ? undefined : join(folder, name);
  return file !== undefined && existsSync(file) ? [readFileSync(file, 'utf8')] : [];
}

/** The minor version, as it is written: as a number, 3.10 is 3.1. What comes after it says which bugs are mended. */
function versionIn(file: string): string | undefined {
  return /^python:\s*["']?(\d+\.\d+)/m.exec(readFileSync(file, 'utf8'))?.[1];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

const mlflowName = /^mlflow(-skinny|_skinny)?\s*(\[|[<>=!~;@ ]|$)/i;

/** Without mlflow no model can be loaded; some name it nowhere. @param version that saved the model */
export function withMlflow(needs: PythonNeeds, version: string | undefined): PythonNeeds {
  if (needs.requirements.some((line) => mlflowName.test(line))) return needs;
  const released = version !== undefined && /^\d+(\.\d+)+$/.test(version);
  return { ...needs, requirements: [...needs.requirements, released ? `mlflow==${version}` : 'mlflow'] };
}
