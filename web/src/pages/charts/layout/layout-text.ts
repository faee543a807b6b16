/**
 * A layout as the address has it: entries between commas, their parts between tildes.
 * `card~c1~scatter~params.lr;metrics.loss~trend!1,cut~line:acc,order~train~line:train/acc,size~c1~2~400`
 */
import { cardKinds, type CardOptions, type CardSpec } from '../card-spec.ts';
import { noChanges, type CardSize, type Layout } from './card-layout.ts';

/** An empty text would not be told from none. */
const empty = '*';

/** A name between commas, tildes and semicolons. */
function atom(text: string): string {
  return text === '' ? empty : text.replace(/[%,~;]|^\*/g, hex);
}

/** The same where other signs tell what an option is. */
function optionAtom(text: string): string {
  return text === '' ? empty : text.replace(/[%,~;=:!|]|^\*/g, hex);
}

function hex(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

function textOf(atom: string): string {
  if (atom === empty) return '';
  try {
    return decodeURIComponent(atom);
  } catch {
    return atom;
  }
}

export function writeLayout({ cards, removed, order, sizes, names, sections }: Layout): string {
  const entry = (kind: string, ...parts: readonly string[]): string => [kind, ...parts].join('~');
  const list = (texts: readonly string[]): string[] => texts.map(atom);
  return [
    ...cards.map(({ id, kind, columns, options }) =>
      entry('card', atom(id), kind, list(columns).join(';'), optionsText(options)).replace(/~+$/, ''),
    ),
    ...(removed.length > 0 ? [entry('cut', ...list(removed))] : []),
    ...[...order].map(([section, ids]) => entry('order', atom(section), ...list(ids))),
    ...[...sizes].map(([id, { span, height }]) => entry('size', atom(id), `${span}`, `${height ?? ''}`)),
    ...[...names].map(([section, name]) => entry('name', atom(section), atom(name))),
    ...(sections.length > 0 ? [entry('sections', ...list(sections))] : []),
  ].join();
}

/** What cannot be read, as in an address cut short, is left out. */
export function readLayout(text: string): Layout {
  if (text === '') return noChanges;
  const cards: CardSpec[] = [];
  const [removed, sections]: [string[], string[]] = [[], []];
  const order = new Map<string, readonly string[]>();
  const sizes = new Map<string, CardSize>();
  const names = new Map<string, string>();
  for (const entry of text.split(',')) {
    const [kind, first = '', ...rest] = entry.split('~');
    const id = textOf(first);
    if (kind === 'card') cards.push(...cardOf(id, rest));
    else if (kind === 'cut') removed.push(id, ...rest.map(textOf));
    else if (kind === 'order') order.set(id, rest.map(textOf));
    else if (kind === 'size') sizes.set(id, sizeOf(rest));
    else if (kind === 'name') names.set(id, textOf(rest[0] ?? ''));
    else if (kind === 'sections') sections.push(id, ...rest.map(textOf));
  }
  return { cards, removed, order, sizes, names, sections };
}

function cardOf(id: string, [name, columns = '', options = '']: readonly string[]): CardSpec[] {
  const kind = cardKinds.find((one) => one === name);
  if (id === '' || kind === undefined) return [];
  return [{ id, kind, columns: columns === '' ? [] : columns.split(';').map(textOf), options: optionsOf(options) }];
}

function sizeOf([span, height]: readonly string[]): CardSize {
  const pixels = Math.trunc(Number(height));
  return {
    span: Math.max(1, Math.min(6, Math.trunc(Number(span)) || 1)),
    height: pixels >= 100 && pixels <= 4000 ? pixels : undefined,
  };
}

/** After the name of an option comes `=` before a text, `:` before a number, `!` before yes or no, `|` before a list. */
function optionsText(options: CardOptions): string {
  return Object.entries(options)
    .flatMap(([name, value]) => {
      if (value === undefined) return [];
      if (typeof value === 'string') return [`${optionAtom(name)}=${optionAtom(value)}`];
      if (typeof value === 'number') return [`${optionAtom(name)}:${optionAtom(String(value))}`];
      if (typeof value === 'boolean') return [`${optionAtom(name)}!${value ? 1 : 0}`];
      return [`${optionAtom(name)}|${value.map(optionAtom).join('|')}`];
    })
    .join(';');
}

function optionsOf(text: string): CardOptions {
  const options: Record<string, string | number | boolean | string[]> = {};
  for (const part of text.split(';')) {
    const [, name = '', sign = '', value = ''] = /^([^=:!|]+)([=:!|])(.*)$/s.exec(part) ?? [];
    if (sign === '=') options[textOf(name)] = textOf(value);
    else if (sign === ':') options[textOf(name)] = Number(textOf(value));
    else if (sign === '!') options[textOf(name)] = value === '1';
    else if (sign === '|') options[textOf(name)] = value === '' ? [] : value.split('|').map(textOf);
  }
  return options;
}
