/**
 * The wire contract as data. A message is a record of fields; from it come the request decoder (`decode.ts`), the
 * response encoder (`encode.ts`), the generated reference and the TypeScript types, so each is true by construction.
 */

/** An int64 of the wire: a number where a double holds it exactly, a bigint beyond 2^53. */
export type Int64 = number | bigint;

export type FieldKind = 'string' | 'int64' | 'int32' | 'double' | 'bool' | 'enum' | 'json' | 'message';

export interface Field<T = unknown> {
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly repeated: boolean;
  readonly default?: unknown;
  readonly values?: readonly string[];
  /** The number of an enum's first value, for clients that send numbers. */
  readonly firstNumber?: number;
  /** Sent even when the list is empty. */
  readonly sendEmpty?: boolean;
  readonly message?: Fields;
  /** Only for the type checker. */
  readonly type?: T;
}

export type Fields = { readonly [name: string]: Field };

export interface Optional<T> extends Field<T> {
  readonly required: false;
  readonly repeated: false;
}
export interface Required<T> extends Field<T> {
  readonly required: true;
  readonly repeated: false;
}
export interface Defaulted<T> extends Field<T> {
  readonly required: false;
  readonly repeated: false;
  readonly default: T;
}
export interface Repeated<T> extends Field<T> {
  readonly repeated: true;
}

type TypeOf<F> = F extends Field<infer T> ? T : never;

type Present<M extends Fields> = {
  [K in keyof M]: M[K] extends { repeated: true }
    ? K
    : M[K] extends { required: true }
      ? K
      : M[K] extends { default: unknown }
        ? K
        : never;
}[keyof M];

/** What a handler gets: required, defaulted and repeated fields are there; the others may be undefined. */
export type Decoded<M extends Fields> = {
  [K in Present<M>]: M[K] extends { repeated: true } ? TypeOf<M[K]>[] : TypeOf<M[K]>;
} & { [K in Exclude<keyof M, Present<M>>]?: TypeOf<M[K]> | undefined };

/** What a handler returns: every field may be left out; empty lists and undefined are not sent. */
export type Encoded<M extends Fields> = {
  [K in keyof M]?: (M[K] extends { repeated: true } ? readonly EncodedValue<M[K]>[] : EncodedValue<M[K]>) | undefined;
};
type EncodedValue<F> = F extends { message: infer M extends Fields } ? Encoded<M> : TypeOf<F>;

/** A message as a caller writes it: what the contract requires is required, the rest may be left out. */
export type Sent<M extends Fields> = { readonly [K in RequiredOf<M>]: SentValue<M[K]> } & {
  readonly [K in Exclude<keyof M, RequiredOf<M>>]?: SentValue<M[K]> | undefined;
};
type RequiredOf<M extends Fields> = { [K in keyof M]: M[K] extends { required: true } ? K : never }[keyof M];
type SentValue<F> = F extends { repeated: true; message: infer M extends Fields }
  ? readonly Sent<M>[]
  : F extends { message: infer M extends Fields }
    ? Sent<M>
    : F extends { repeated: true } & Field<infer T>
      ? readonly T[]
      : F extends Field<infer T>
        ? T
        : never;

export interface Scalar<T> extends Optional<T> {
  readonly orDefault: (value: T) => Defaulted<T>;
  readonly must: Required<T>;
  readonly list: Repeated<T>;
  /** A list that must hold something. */
  readonly mustList: Repeated<T>;
}

function scalar<T>(kind: FieldKind, options: Pick<Field, 'values' | 'firstNumber'> = {}): Scalar<T> {
  const base = { kind, required: false, repeated: false, ...options } as const;
  return {
    ...base,
    orDefault: (value) => ({ ...base, default: value }),
    must: { ...base, required: true },
    list: { ...base, repeated: true },
    mustList: { ...base, repeated: true, required: true },
  };
}

export const string = scalar<string>('string');
export const int64 = scalar<Int64>('int64');
export const int32 = scalar<number>('int32');
export const double = scalar<number>('double');
export const bool = scalar<boolean>('bool');

/** Any JSON value, sent as it is: for lists of numbers and for cells of several types. Only in answers. */
export function json<T>(): Scalar<T> {
  return scalar<T>('json');
}

export function enumOf<const V extends readonly string[]>(values: V, firstNumber = 1): Scalar<V[number]> {
  return scalar<V[number]>('enum', { values, firstNumber });
}

export interface RequiredMessage<M extends Fields> extends Required<Decoded<M>> {
  readonly message: M;
}
export interface MessageList<M extends Fields> extends Repeated<Decoded<M>> {
  readonly message: M;
}
export interface MessageField<M extends Fields> extends Optional<Decoded<M>> {
  readonly message: M;
  readonly must: RequiredMessage<M>;
  readonly list: MessageList<M>;
  readonly mustList: MessageList<M>;
}

/** A field that holds another message. */
export function messageOf<M extends Fields>(message: M): MessageField<M> {
  const base = { kind: 'message', required: false, repeated: false, message } as const;
  return {
    ...base,
    must: { ...base, required: true },
    list: { ...base, repeated: true },
    mustList: { ...base, repeated: true, required: true },
  };
}

/** Declares a message; only gives its fields' types a home. */
export function message<const M extends Fields>(fields: M): M {
  return fields;
}

export const empty = message({});
