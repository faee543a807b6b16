/** A table that is scored piece by piece, whatever file it lies in. */
import type { ScoringRequest } from '../scorer.ts';
import type { Cell } from './cells.ts';

/** Rows of a piece. */
export const usualRows = 10_000;

export interface BatchInput {
  /** Where it ends, in the unit of `Place.at`. */
  readonly end: number;
  /** How many rows there are, when the file says so. */
  readonly rows: number | undefined;
  /**
   * The rows from a place on, in pieces.
   *
   * @param most rows of a piece; by default `usualRows`, and fewer where these are large
   * @throws BatchError when it cannot be read
   */
  chunks(from: Place, most?: number): AsyncIterable<Chunk>;
}

/** How far the input has been read; reading can go on from there. */
export interface Place {
  /** Bytes or rows, as the input counts. */
  readonly at: number;
  readonly rows: number;
}

export interface Chunk {
  readonly request: ScoringRequest;
  readonly rows: number;
  /** Behind its last row. */
  readonly next: Place;
  /** What it holds, for an output that keeps it. */
  readonly table: () => Table;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: number;
}

export interface Column {
  readonly name: string;
  readonly values: ArrayLike<Cell>;
}

/** What the user can mend: the input, the flags, or the model. */
export class BatchError extends Error {
  override readonly name = 'BatchError';
}

export const start: Place = { at: 0, rows: 0 };
