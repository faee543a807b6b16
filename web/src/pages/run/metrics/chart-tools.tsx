import { createPortal } from 'react-dom';
import type { RunDetail } from '../../../api/run.ts';
import { Button } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import { AxisTools, ZoomReset } from '../../charts/axis-tools.tsx';
import { ChartFinder } from '../../charts/chart-finder.tsx';
import type { ChangeSettings, ChartSettings } from '../../charts/chart-settings.ts';
import { PauseButton } from '../../charts/pause-button.tsx';
import { useToolsSlot } from '../tools-slot.ts';

interface ChartToolsProps {
  readonly run: RunDetail;
  readonly all: number;
  readonly shown: number;
  readonly bad: boolean;
  readonly only: string | undefined;
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
}

const words = text.charts;

/** Beside the tabs, so that the charts begin right below them. */
export function ChartTools({ run, all, shown, bad, only, settings, onChange }: ChartToolsProps) {
  const slot = useToolsSlot();
  const [, setUrl] = useUrlState();
  if (!slot) return null;
  const counted = shown === all ? words.count(count(all)) : words.matching(count(shown), count(all));
  return createPortal(
    <>
      {run.status === 'RUNNING' && <PauseButton />}
      <ZoomReset settings={settings} onChange={onChange} />
      {only === undefined ? (
        <ChartFinder label={words.find} count={counted} bad={bad} />
      ) : (
        <Button
          icon="left"
          onClick={() => {
            setUrl({ metric: undefined });
          }}
        >
          {words.showAll}
        </Button>
      )}
      <AxisTools settings={settings} onChange={onChange} />
    </>,
    slot,
  );
}
