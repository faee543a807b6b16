/** What the page gives to each of its cards. */
import type { CardSpec } from '../card-spec.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import type { ChartSettings } from '../chart-settings.ts';
import type { ChartGroup } from '../grouping.ts';
import type { CardSize } from '../layout/card-layout.ts';

export interface CardPage {
  /** Those that the card of this id draws: brushes of other cards narrow them. */
  readonly runsFor: (cardId: string) => readonly ChartRun[];
  /** Those and the ones that were put away. */
  readonly named: readonly ChartRun[];
  readonly values: RunValues;
  readonly groups: readonly ChartGroup[];
  readonly settings: ChartSettings;
  readonly tables: ReadonlySet<string>;
  readonly onTable: (cardId: string) => void;
  readonly onChange: (spec: CardSpec) => boolean;
  readonly onEdit: (spec: CardSpec) => void;
  readonly onRemove: (spec: CardSpec) => void;
  /** Places on or back in its section. */
  readonly onMove: (spec: CardSpec, by: number) => void;
  readonly onMoveBeside: (cardId: string, target: string, after: boolean) => void;
  readonly onToSection: (spec: CardSpec) => void;
  readonly onResize: (spec: CardSpec, size: CardSize) => void;
  readonly onSelect: (runIds: readonly string[]) => void;
  readonly onEye: (runIds: readonly string[], open: boolean) => void;
  readonly onSingle: (runIds: readonly string[]) => void;
  readonly onAllBack: () => void;
  readonly onOpen: (runId: string) => void;
  /** Lays runs side by side; absent where they are already. */
  readonly onCompare?: ((runIds: readonly string[]) => void) | undefined;
}
