/** A run as charts take it. */
import type { Cell } from '../../api/run-table.ts';
import type { RunColour } from '../../charts/run-colour.ts';

export interface ChartRun {
  readonly id: string;
  readonly name: string;
  /** What lines are called by: with the beginning of its id where other runs have the same name. Absent: the name. */
  readonly label?: string;
  readonly experimentId: string;
  readonly colour: RunColour;
  readonly status: string;
  /** Milliseconds; undefined where the run says nothing. */
  readonly start: number | undefined;
  /** Its place among the groups of the page (`grouping.ts`); undefined while nothing is grouped. */
  readonly group: number | undefined;
  /** How often the palette was gone through before it, where other runs of the page have its colour. Absent: never. */
  readonly stroke?: number;
  /** The reader closed its eye by hand. */
  readonly putAway?: boolean;
}

/** What runs have under the columns that the cards of the page ask for. */
export interface RunValues {
  /** Undefined until it has come; null where the run has nothing. */
  readonly at: (runId: string, column: string) => Cell | undefined;
  readonly loading: boolean;
  /** Why some of them did not come. */
  readonly failed?: { readonly error: Error; readonly retry: () => void } | undefined;
}
