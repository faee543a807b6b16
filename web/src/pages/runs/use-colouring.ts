import { useCallback, useRef, useState } from 'react';
import { setRunColour } from '../../api/run-colour.ts';
import { runNameOf } from '../../api/run-name.ts';
import type { TableRow } from '../../api/run-table.ts';
import { runColourTag } from '../../charts/run-colour.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/run-cells.ts';

interface Colouring {
  /** The run whose colour is being chosen, and its dot. */
  readonly chosen: { readonly row: TableRow; readonly dot: Element | null } | undefined;
  readonly start: (row: TableRow) => void;
  readonly onCursorRow: (index: number) => void;
  readonly choose: (hex: string | undefined) => void;
  readonly close: () => void;
}

/**
 * A run gets another colour: by a press on its dot, or by the key C for the run under the cursor.
 * @param ticked with two or more the key compares them
 */
export function useColouring(rowAt: (index: number) => TableRow | undefined, ticked: number): Colouring {
  const [chosen, setChosen] = useState<Colouring['chosen']>();
  const cursor = useRef(0);
  const start = useCallback((row: TableRow) => {
    setChosen({ row, dot: document.querySelector(`[data-run-id="${CSS.escape(row.run_id)}"] .dot-button`) });
  }, []);
  const colourAtCursor = (): void => {
    const row = rowAt(cursor.current);
    if (row) start(row);
  };
  useHotkeys(ticked < 2 ? { c: { label: text.colourKey, run: colourAtCursor } } : {});
  const close = (): void => {
    setChosen(undefined);
    document.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
  };
  return {
    chosen,
    start,
    onCursorRow: (index) => {
      cursor.current = index;
    },
    choose: (hex) => {
      if (chosen) void change(chosen.row, hex);
      close();
    },
    close,
  };
}

async function change(row: TableRow, hex: string | undefined): Promise<void> {
  const run = { id: row.run_id, experimentId: row.experiment_id };
  try {
    const before = await setRunColour(run, runColourTag, hex);
    const undo = (): void => {
      setRunColour(run, runColourTag, before).catch(showFailure);
    };
    showToast({ message: text.colourChanged(runNameOf(row)), action: { label: common.undo, run: undo } });
  } catch (error) {
    showFailure(error);
  }
}
