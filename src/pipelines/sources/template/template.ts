/**
 * Templates as Jinja writes them, the part of it that queries and scripts use: `{{ value }}`, `{% set %}`, `{% for %}`,
 * `{% if %}` and `{# comment #}`. They are read without being run, and what they write goes through the hands of who knows
 * its language.
 */
import { parseExpression, type Expression, type Reads, type Scope } from './expression.ts';
import { listOf, textOf, truth } from './values.ts';

/** Gives a value the form that it needs after the text written so far. */
export type Writer = (value: string, before: string) => string;

interface Output {
  text: string;
  readonly write: Writer;
}

type Node = (scope: Map<string, unknown>, out: Output) => void;

export interface Template extends Reads {
  /** What it sets by `{% set name = … %}` outside of blocks, with values that can be told without running it. */
  readonly sets: ReadonlyMap<string, unknown>;
  /** What it says besides. */
  readonly text: string;
  render(values: Readonly<Record<string, unknown>>, write: Writer): string;
}

const parts = /\{\{-?([^]*?)-?\}\}|\{%-?([^]*?)-?%\}|\{#[^]*?#\}/g;

/** @throws SyntaxError with its line */
export function parseTemplate(text: string): Template {
  const parser = new TemplateParser(text);
  const nodes = parser.block([]);
  return {
    ...parser.reads,
    sets: parser.sets,
    text: parser.plain,
    render(values, write) {
      const out: Output = { text: '', write };
      const scope = new Map(Object.entries(values));
      for (const node of nodes) node(scope, out);
      return out.text;
    },
  };
}

interface Part {
  readonly type: 'text' | 'value' | 'tag';
  readonly text: string;
  readonly line: number;
}

class TemplateParser {
  readonly reads: Reads = { names: new Set(), optional: new Set(), upstream: new Set() };
  readonly sets = new Map<string, unknown>();
  readonly plain: string;
  readonly #parts: readonly Part[];
  readonly #own = new Set(['loop']);
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    // Whatever system it was written on, as Jinja has it: a shell takes a carriage return for a part of a name.
    this.#parts = partsOf(text.replace(/\r\n?/g, '\n'));
    this.plain = this.#parts.map((part) => (part.type === 'text' ? part.text : marked(part))).join('');
  }

  /** Up to one of the tags that end it, which is next then. */
  block(ends: readonly string[]): Node[] {
    const nodes: Node[] = [];
    for (let part = this.#parts[this.#at]; part; part = this.#parts[this.#at]) {
      const word = /^\w*/.exec(part.text)?.[0] ?? '';
      if (part.type === 'tag' && ends.includes(word)) return nodes;
      this.#at++;
      nodes.push(this.#node(part, word));
    }
    if (ends.length > 0) throw new SyntaxError(`{% ${ends.at(-1)} %} is missing at its end`);
    for (const name of this.#own) this.reads.names.delete(name);
    return nodes;
  }

  #node(part: Part, word: string): Node {
    const { type, text, line } = part;
    if (type === 'text') {
      return (_, out) => {
        out.text += text;
      };
    }
    if (type === 'value') {
      const value = this.#expression(text, line);
      return (scope, out) => {
        out.text += out.write(textOf(value(scope)), out.text);
      };
    }
    if (word === 'set') return this.#set(text, line);
    if (word === 'for') return this.#for(text, line);
    if (word === 'if') return this.#if(text.slice(2), line);
    throw new SyntaxError(`line ${line}: {% ${word} %} is not known; known are set, for and if.`);
  }

  #set(text: string, line: number): Node {
    const [, name = '', rest] = /^set\s+(\w+)\s*=([^]*)$/.exec(text) ?? [];
    if (rest === undefined) throw new SyntaxError(`line ${line}: {% set name = value %} is needed.`);
    const value = this.#expression(rest, line);
    this.#own.add(name);
    if (this.#depth === 0) this.sets.set(name, valueOf(value));
    return (scope) => void scope.set(name, value(scope));
  }

  #for(text: string, line: number): Node {
    const [, names = '', rest] = /^for\s+([\w\s,]+?)\s+in\s([^]*)$/.exec(text) ?? [];
    if (rest === undefined) throw new SyntaxError(`line ${line}: {% for name in list %} is needed.`);
    const targets = names.split(',').map((name) => name.trim());
    const list = this.#expression(rest, line);
    for (const name of targets) this.#own.add(name);
    const body = this.#inner(['endfor']);
    this.#at++;
    return (scope, out) => {
      const items = listOf(list(scope));
      for (const [at, item] of items.entries()) {
        const inner = new Map(scope);
        const values = targets.length > 1 ? listOf(item) : [item];
        for (const [place, name] of targets.entries()) inner.set(name, values[place]);
        const loop = {
          index: at + 1,
          index0: at,
          first: at === 0,
          last: at === items.length - 1,
          length: items.length,
        };
        inner.set('loop', loop);
        for (const node of body) node(inner, out);
      }
    };
  }

  #if(condition: string, line: number): Node {
    const test = this.#expression(condition, line);
    const body = this.#inner(['elif', 'else', 'endif']);
    const end = this.#parts[this.#at++];
    const word = /^\w*/.exec(end?.text ?? '')?.[0];
    let other: readonly Node[] = [];
    if (word === 'elif') other = [this.#if(end?.text.slice(4) ?? '', end?.line ?? line)];
    if (word === 'else') {
      other = this.#inner(['endif']);
      this.#at++;
    }
    return (scope, out) => {
      for (const node of truth(test(scope)) ? body : other) node(scope, out);
    };
  }

  #inner(ends: readonly string[]): Node[] {
    this.#depth++;
    const nodes = this.block(ends);
    this.#depth--;
    return nodes;
  }

  #expression(text: string, line: number): Expression {
    const expression = told(line, () => parseExpression(text, this.reads));
    return (scope: Scope) => told(line, () => expression(scope));
  }
}

/** An error says its line, once. */
function told<T>(line: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message.startsWith('line ')) throw error;
    throw new SyntaxError(`line ${line}: ${error.message.replace(/\.?$/, '.')}`);
  }
}

/** Undefined when it depends on what it is given. */
function valueOf(value: Expression): unknown {
  try {
    return value(new Map());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function partsOf(text: string): Part[] {
  const found: Part[] = [];
  let at = 0;
  let trim = false;
  const add = (type: Part['type'], part: string, start: number): void => {
    const line = text.slice(0, start).split('\n').length;
    if (part !== '') found.push({ type, text: part, line });
  };
  for (const match of text.matchAll(parts)) {
    const [whole, value, tag] = match;
    let before = text.slice(at, match.index);
    if (trim) before = before.trimStart();
    add('text', /^\{[{%]-/.test(whole) ? before.trimEnd() : before, at);
    if (value !== undefined) add('value', value.trim(), match.index);
    if (tag !== undefined) add('tag', tag.trim(), match.index);
    trim = /-[%}]\}$/.test(whole);
    at = match.index + whole.length;
  }
  add('text', trim ? text.slice(at).trimStart() : text.slice(at), at);
  return found;
}

/** Always the same for the same words. */
function marked({ type, text }: Part): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return type === 'value' ? `{{${words}}}` : `{%${words}%}`;
}
