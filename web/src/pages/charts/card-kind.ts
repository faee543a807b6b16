/** What each kind of card brings; `card-kinds.ts` lists them. */
import type { ComponentType, Ref } from 'react';
import type { ChartHandle } from '../../charts/line/line-chart.tsx';
import type { CardKind, CardSpec } from './card-spec.ts';
import type { Rows } from './chart-actions.ts';
import type { ChartRun, RunValues } from './chart-run.ts';
import type { ChartSettings } from './chart-settings.ts';
import type { ChartGroup } from './grouping.ts';

export interface CardProps {
  readonly spec: CardSpec;
  /** Those whose eye is open, in the order of the list. */
  readonly runs: readonly ChartRun[];
  /** Those of the page and the ones that were put away: a legend brings these back. */
  readonly named: readonly ChartRun[];
  readonly values: RunValues;
  /** What `ChartRun.group` is a place in; empty while nothing is grouped. */
  readonly groups: readonly ChartGroup[];
  /** Of the page: axes, smoothing, how groups are drawn. Ranges are changed through `use-chart-ranges.ts` by the card's id. */
  readonly settings: ChartSettings;
  /** What a screen reader calls it. */
  readonly label: string;
  /** CSS pixels of the card's body. */
  readonly width: number;
  readonly asTable: boolean;
  /** False: an address has no room for it, which the reader is told. */
  readonly onChange: (spec: CardSpec) => boolean;
  /** Runs that the reader chose with a lasso, a box or a press: ticked in the list. */
  readonly onSelect: (runIds: readonly string[]) => void;
  /** Opens or closes the eyes of runs: a press in a legend. */
  readonly onEye: (runIds: readonly string[], open: boolean) => void;
  /** Leaves the eyes of these alone open, or those of before again: a double press in a legend. */
  readonly onSingle: (runIds: readonly string[]) => void;
  /** Brings back all that were put away. */
  readonly onAllBack: () => void;
  /** A press on a run's mark opens its peek or page. */
  readonly onOpen: (runId: string) => void;
  /** For PNG, SVG and CSV of the card's menu. */
  readonly ref: Ref<CardHandle>;
}

/** What the menu of a card may ask of what it shows. */
export interface CardHandle extends ChartHandle {
  /** All that it stands for, as rows with a header. @param say how far it is, where that takes a while */
  readonly rows?: (say: (message: string) => void) => Rows | Promise<Rows>;
}

/** What a new card is made from: keys of the runs of the page, those that vary most first. */
export interface KnownColumns {
  readonly metrics: readonly string[];
  readonly params: readonly string[];
}

export interface EditorProps {
  readonly spec: CardSpec;
  readonly known: KnownColumns;
  readonly onChange: (spec: CardSpec) => void;
}

export interface CardKindEntry {
  readonly kind: CardKind;
  /** Columns whose values of all runs it needs; lines fetch points themselves. */
  readonly needs: (spec: CardSpec) => readonly string[];
  /** Sensible from the start, never blank; undefined: these runs have nothing for it. */
  readonly begin: (known: KnownColumns, id: string) => CardSpec | undefined;
  /** Runs that its brushes leave: the list and the other cards have these alone. Undefined where it has no brush. */
  readonly left?: (spec: CardSpec, runs: readonly ChartRun[], values: RunValues) => readonly string[] | undefined;
  readonly Body: ComponentType<CardProps>;
  /** The fields of its dialog, without the frame. */
  readonly Editor: ComponentType<EditorProps>;
}
