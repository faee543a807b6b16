/** The public names of the SDK, from the types that the compiler makes of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { page } from './markdown.ts';

const root = join(import.meta.dir, '../..');

const entries = [
  { name: 'modelyard', file: 'index.d.ts', note: 'Everywhere: Node, Bun, Deno and browsers.' },
  { name: 'modelyard on Node, Bun and Deno', file: 'node/index.d.ts', note: 'What files and processes add, also as `modelyard/node`.' }, // prettier-ignore
  { name: 'modelyard/tensorflow', file: 'tensorflow/index.d.ts', note: 'TensorFlow.js.' },
  { name: 'modelyard/mljs', file: 'mljs/index.d.ts', note: 'The mljs family.' },
] as const;

interface Declared {
  readonly name: string;
  /** The comment's text. */
  readonly note: string;
  readonly text: string;
}

export async function sdkPage(): Promise<string> {
  const made = mkdtempSync(join(tmpdir(), 'modelyard-sdk-'));
  try {
    const command = ['-p', 'src/sdk', '--outDir', made, '--emitDeclarationOnly'];
    const tsc = Bun.spawn([join(root, 'node_modules/.bin/tsc'), ...command], { cwd: root, stdin: 'ignore' });
    if ((await tsc.exited) !== 0) throw new Error('the types of the SDK could not be made');
    const told = new Set<string>();
    const blocks = entries.flatMap(({ name, file, note }) => {
      const own = exportsOf(join(made, 'sdk', file)).filter((one) => !told.has(one.text));
      for (const one of own) told.add(one.text);
      return [`## ${name}`, note, ...own.toSorted((a, b) => a.name.localeCompare(b.name, 'en')).flatMap(section)];
    });
    return await page('TypeScript SDK', [
      'Every public name with its type. [The guide](../sdk.md) shows how they are used.',
      ...blocks,
    ]);
  } finally {
    rmSync(made, { recursive: true });
  }
}

function section({ name, note, text }: Declared): string[] {
  return [`### ${name}`, ...(note === '' ? [] : [note]), `\`\`\`ts\n${text}\n\`\`\``];
}

/** What a file exports, whichever file declares it. */
function exportsOf(path: string): Declared[] {
  const text = readFileSync(path, 'utf8');
  const found = declarationsOf(text);
  for (const [, names, from = ''] of text.matchAll(/^export (?:\*|(?:type )?\{([^}]*)\}) from '([^']+)';/gm)) {
    const others = exportsOf(join(dirname(path), from.replace(/\.ts$/, '.d.ts')));
    const wanted = names?.split(',').map((name) => name.trim().replace(/^type /, ''));
    found.push(...(wanted ? others.filter(({ name }) => wanted.includes(name)) : others));
  }
  return found;
}

function declarationsOf(text: string): Declared[] {
  const found: Declared[] = [];
  const lines = text.split('\n');
  let note = '';
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.startsWith('/**')) {
      const comment = [line];
      while (!comment.at(-1)?.endsWith('*/')) comment.push(lines[++i] ?? '*/');
      note = noteOf(comment.join('\n'));
      continue;
    }
    const [, name] =
      /^export (?:declare )?(?:abstract )?(?:async )?(?:class|const|function|interface|type) (\w+)/.exec(line) ?? [];
    if (name !== undefined) {
      const statement = [line];
      while (!isWhole(statement.join('\n'))) statement.push(lines[++i] ?? '}');
      found.push({
        name,
        note,
        text: statement
          .join('\n')
          .replace(/^export (declare )?/, '')
          .replace(/^ *#private;\n/m, ''),
      });
    }
    note = '';
  }
  return found;
}

/** Statements end where all brackets are closed. */
function isWhole(statement: string): boolean {
  const code = statement.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/=>/g, '');
  const opened = code.match(/[([{<]/g)?.length ?? 0;
  const closed = code.match(/[)\]}>]/g)?.length ?? 0;
  return opened === closed && /[;}]$/.test(code.trimEnd());
}

/** The text of a comment; what it says of parameters and errors as a list. */
function noteOf(comment: string): string {
  const text = comment
    .replace(/^\/\*\*\s?/, '')
    .replace(/\s*\*\/$/, '')
    .replaceAll(/^ \* ?/gm, '')
    .trim();
  const [main = '', ...tags] = text.split(/^@/m);
  const list = tags.map((tag) => {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(tag.trim()) ?? [];
    const [, subject = '', more = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
    return word === 'param' ? `- \`${subject}\`: ${more}` : `- ${word} \`${subject}\` ${more}`.trimEnd();
  });
  return [main.trim(), list.join('\n')].filter((part) => part !== '').join('\n\n');
}
