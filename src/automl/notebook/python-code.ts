/** Python source made of values. */
import { pythonText } from '../../models/notebook/notebook.ts';

export type PythonValue =
  string | number | boolean | null | readonly PythonValue[] | { readonly [name: string]: PythonValue };

/** A value as Python writes it, within a line of 110 characters where it fits. */
export function pythonLiteral(value: PythonValue, indent = 0): string {
  const line = inline(value);
  if (line.length + indent <= 110 || value === null || typeof value !== 'object') return line;
  const inner = ' '.repeat(indent + 4);
  const end = ' '.repeat(indent);
  if (Array.isArray(value)) return `[\n${filled(value.map(inline), inner)}\n${end}]`;
  const lines = Object.entries(value).map(
    ([name, item]) => `${inner}${inline(name)}: ${pythonLiteral(item, indent + 4)},`,
  );
  return `{\n${lines.join('\n')}\n${end}}`;
}

function inline(value: PythonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return pythonText(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, item]) => `${inline(name)}: ${inline(item)}`)
    .join(', ')}}`;
}

/** As many items on a line as fit. */
function filled(items: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const item of items) {
    if (line.length > indent.length && line.length + item.length > 110) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${item}, `;
  }
  lines.push(line.trimEnd());
  return lines.join('\n');
}

/** Arguments of a call, one on each line: `    C=1.0,`. */
export function keywordArguments(values: Readonly<Record<string, PythonValue>>, indent = 4): string {
  return Object.entries(values)
    .map(([name, value]) => `${' '.repeat(indent)}${name}=${pythonLiteral(value, indent)},\n`)
    .join('');
}

/**
 * Import statements, sorted as Python's tools do.
 * @param names such as `numpy as np` and, for one name of a module, `sklearn.pipeline:make_pipeline`
 */
export function importStatements(names: readonly string[]): string {
  const modules = new Set<string>();
  const members = new Map<string, Set<string>>();
  for (const name of names) {
    const [module = '', member] = name.split(':');
    if (member === undefined) modules.add(module);
    else members.set(module, (members.get(module) ?? new Set()).add(member));
  }
  const statements = [
    ...[...modules].sort().map((module) => ({ module, text: `import ${module}` })),
    ...[...members]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, names]) => ({
        module,
        text: fromImport(module, [...names].sort()),
      })),
  ];
  const standard = statements.filter(({ module }) => isStandard(module));
  const others = statements.filter(({ module }) => !isStandard(module));
  return [standard, others]
    .filter((group) => group.length > 0)
    .map((group) => group.map(({ text }) => text).join('\n'))
    .join('\n\n');
}

function fromImport(module: string, names: readonly string[]): string {
  const line = `from ${module} import ${names.join(', ')}`;
  return line.length <= 110 ? line : `from ${module} import (\n${names.map((name) => `    ${name},\n`).join('')})`;
}

const standardModules = [
  'datetime',
  'functools',
  'importlib',
  'json',
  'logging',
  'os',
  'pathlib',
  're',
  'tempfile',
  'time',
  'warnings',
];

function isStandard(module: string): boolean {
  return standardModules.includes(module.split(/[ .]/)[0] ?? '');
}
