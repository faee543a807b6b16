/** Expressions of templates, as Jinja has them, each made into a function of the names that it reads. */
import { filterOf, functions, member, textOf, truth } from './values.ts';
import { wordsOf, type Word } from './tokens.ts';

export type Scope = ReadonlyMap<string, unknown>;
export type Expression = (scope: Scope) => unknown;

/** What a template reads, learned while it is parsed. */
export interface Reads {
  readonly names: Set<string>;
  /** Names that may be missing. */
  readonly optional: Set<string>;
  /** Keys of `upstream`. */
  readonly upstream: Set<string>;
}

/** @throws SyntaxError */
export function parseExpression(text: string, reads: Reads): Expression {
  const parser = new ExpressionParser(wordsOf(text), reads);
  const expression = parser.tuple();
  parser.end();
  return expression;
}

type Binary = (one: unknown, other: unknown) => unknown;

const comparisons: Readonly<Record<string, Binary>> = {
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => (one as number) < (other as number),
  '>': (one, other) => (one as number) > (other as number),
  '<=': (one, other) => (one as number) <= (other as number),
  '>=': (one, other) => (one as number) >= (other as number),
};
const sums: Readonly<Record<string, Binary>> = {
  '+': (one, other) =>
    Array.isArray(one) && Array.isArray(other)
      ? [...(one as unknown[]), ...(other as unknown[])]
      : (one as number) + (other as number),
  '-': (one, other) => (one as number) - (other as number),
  '~': (one, other) => textOf(one) + textOf(other),
};
const products: Readonly<Record<string, Binary>> = {
  '*': (one, other) => (one as number) * (other as number),
  '/': (one, other) => (one as number) / (other as number),
  '//': (one, other) => Math.floor((one as number) / (other as number)),
  '%': (one, other) => (((one as number) % (other as number)) + (other as number)) % (other as number),
};
const constants = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['none', null],
]);

class ExpressionParser {
  #at = 0;
  readonly #words: readonly Word[];
  readonly #reads: Reads;

  constructor(words: readonly Word[], reads: Reads) {
    this.#words = words;
    this.#reads = reads;
  }

  end(): void {
    const next = this.#words[this.#at];
    if (next) throw new SyntaxError(`${next.text} is not understood here`);
  }

  /** One value, or several with commas between. */
  tuple(): Expression {
    const first = this.#choice();
    if (!this.#isNext(',')) return first;
    const items = [first];
    while (this.#accept(',') && this.#at < this.#words.length && !this.#isNext(')')) items.push(this.#choice());
    return (scope) => items.map((item) => item(scope));
  }

  #choice(): Expression {
    const value = this.#or();
    if (!this.#accept('if')) return value;
    const condition = this.#or();
    const other = this.#accept('else') ? this.#choice() : () => '';
    return (scope) => (truth(condition(scope)) ? value(scope) : other(scope));
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#accept('or')) left = this.#either(left, this.#and(), true);
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#accept('and')) left = this.#either(left, this.#not(), false);
    return left;
  }

  #either(one: Expression, other: Expression, settled: boolean): Expression {
    return (scope) => {
      const value = one(scope);
      return truth(value) === settled ? value : other(scope);
    };
  }

  #not(): Expression {
    if (!this.#accept('not')) return this.#comparison();
    const value = this.#not();
    return (scope) => !truth(value(scope));
  }

  #comparison(): Expression {
    const start = this.#at;
    let left = this.#sum();
    for (;;) {
      const one = left;
      const next = this.#words[this.#at]?.text ?? '';
      const compare = Object.hasOwn(comparisons, next) ? comparisons[next] : undefined;
      if (compare) {
        this.#at++;
        const other = this.#sum();
        left = (scope) => compare(one(scope), other(scope));
      } else if (next === 'is') left = this.#test(one, this.#words[start]?.text ?? '');
      else if (next === 'in' || (next === 'not' && this.#words[this.#at + 1]?.text === 'in')) {
        this.#at += next === 'in' ? 1 : 2;
        const other = this.#sum();
        left = (scope) => contains(other(scope), one(scope)) === (next === 'in');
      } else return left;
    }
  }

  /** `is defined`, `is none`, and their opposites. */
  #test(value: Expression, name: string): Expression {
    this.#at++;
    const wanted = !this.#accept('not');
    const test = this.#next().text;
    if (test === 'none') return (scope) => (value(scope) === null) === wanted;
    if (test !== 'defined' && test !== 'undefined') throw new SyntaxError(`"is ${test}" is not known`);
    this.#reads.optional.add(name);
    return (scope) => (scope.has(name) === (test === 'defined')) === wanted;
  }

  #sum(): Expression {
    return this.#binary(sums, () => this.#binary(products, () => this.#filtered()));
  }

  #binary(operators: Readonly<Record<string, Binary>>, operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const next = this.#words[this.#at];
      const operator = next?.type === 'op' ? operators[next.text] : undefined;
      if (!operator) return left;
      this.#at++;
      const [one, other] = [left, operand()];
      left = (scope) => operator(one(scope), other(scope));
    }
  }

  #filtered(): Expression {
    const start = this.#at;
    let value = this.#signed();
    while (this.#accept('|')) {
      const { text } = this.#next();
      const filter = filterOf(text);
      const values = this.#accept('(') ? this.#items(')') : [];
      const one = value;
      if (text === 'default' || text === 'd') {
        const name = this.#words[start]?.text ?? '';
        this.#reads.optional.add(name);
        value = (scope) => (scope.has(name) ? one(scope) : (values[0]?.(scope) ?? ''));
      } else value = (scope) => filter(one(scope), ...values.map((item) => item(scope)));
    }
    return value;
  }

  #signed(): Expression {
    if (!this.#accept('-')) return this.#postfix();
    const value = this.#signed();
    return (scope) => -(value(scope) as number);
  }

  #postfix(): Expression {
    const first = this.#words[this.#at];
    let value = this.#primary();
    for (let depth = 0; ; depth++) {
      const one = value;
      if (this.#accept('.')) {
        const { text } = this.#next();
        if (depth === 0) this.#reading(first, text);
        value = (scope) => member(one(scope), text, first?.text ?? '');
      } else if (this.#accept('[')) {
        const key = this.#words[this.#at];
        const index = this.#choice();
        this.#expect(']');
        if (depth === 0 && key?.type === 'string') this.#reading(first, key.text.slice(1, -1));
        value = (scope) => member(one(scope), index(scope), first?.text ?? '');
      } else return value;
    }
  }

  #reading(name: Word | undefined, key: string): void {
    if (name?.type === 'name' && name.text === 'upstream') this.#reads.upstream.add(key);
  }

  #primary(): Expression {
    const { type, text } = this.#next();
    if (type === 'number') return () => Number(text);
    if (type === 'string') {
      const value = text.slice(1, -1).replace(/\\([^])/g, (_, char: string) => (char === 'n' ? '\n' : char));
      return () => value;
    }
    if (text === '(') {
      const value = this.#isNext(')') ? (): unknown[] => [] : this.tuple();
      this.#expect(')');
      return value;
    }
    if (text === '[') {
      const items = this.#items(']');
      return (scope) => items.map((item) => item(scope));
    }
    if (type !== 'name') throw new SyntaxError(`${text} is not understood here`);
    return this.#named(text);
  }

  #named(name: string): Expression {
    const constant = name.toLowerCase();
    if (constants.has(constant)) return () => constants.get(constant);
    if (this.#accept('(')) {
      const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!call) throw new SyntaxError(`There is no function ${name} in templates`);
      const values = this.#items(')');
      return (scope) => call(...values.map((item) => item(scope)));
    }
    this.#reads.names.add(name);
    return (scope) => {
      if (!scope.has(name)) throw new SyntaxError(`There is no ${name} among its params`);
      return scope.get(name);
    };
  }

  #items(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#accept(end)) {
      items.push(this.#choice());
      if (!this.#accept(',')) {
        this.#expect(end);
        break;
      }
    }
    return items;
  }

  #next(): Word {
    const next = this.#words[this.#at++];
    if (!next) throw new SyntaxError('something is missing at its end');
    return next;
  }

  #isNext(text: string): boolean {
    const next = this.#words[this.#at];
    return next?.text === text && next.type !== 'string';
  }

  #accept(text: string): boolean {
    if (!this.#isNext(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw new SyntaxError(`${text} is missing`);
  }
}

function contains(list: unknown, item: unknown): boolean {
  if (Array.isArray(list)) return list.includes(item);
  if (typeof list === 'string') return list.includes(String(item));
  return typeof list === 'object' && list !== null && Object.hasOwn(list, String(item));
}
