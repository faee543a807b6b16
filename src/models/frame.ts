/** What a request holds, read and held to the model's signature: what pandas and numpy would hold. */

/** A table: columns of one length in their order. */
export interface Frame {
  readonly kind: 'frame';
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** A column by the name of its numpy type. Missing numbers are NaN; in objects, missing is null. */
export type Column = { readonly name: string | number } & (
  | { readonly dtype: 'float64'; readonly values: Float64Array }
  | { readonly dtype: 'float32'; readonly values: Float32Array }
  | { readonly dtype: 'int64'; readonly values: BigInt64Array }
  | { readonly dtype: 'int32'; readonly values: Int32Array }
  | { readonly dtype: 'bool'; readonly values: Uint8Array }
  /** Nanoseconds since 1970; the least value is NaT. */
  | { readonly dtype: 'datetime64[ns]'; readonly values: BigInt64Array }
  /** Texts alone; missing is null. pandas has a type of its own for them, or calls them objects, by its release. */
  | { readonly dtype: 'str'; readonly values: readonly (string | null)[] }
  /** Bytes, lists, records, and values of several types. */
  | { readonly dtype: 'object'; readonly values: readonly unknown[] }
);

/** One array without a name, or arrays by their names. */
export interface Arrays {
  readonly kind: 'arrays';
  readonly arrays: ReadonlyMap<string | undefined, NdArray>;
}

export interface NdArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Row by row; strings are a list. */
  readonly values: ArrayLike<number | bigint | string | boolean>;
}

export type ModelData = Frame | Arrays;
