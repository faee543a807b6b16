import { useRef } from 'react';
import { createPortal } from 'react-dom';
import type { RunDetail } from '../../../api/run.ts';
import { xFullText, xKinds } from '../../../charts/axis-text.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { useUrlState } from '../../../components/url-state.ts';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';
import { useToolsSlot } from '../tools-slot.ts';
import { usePaused } from '../use-paused.ts';
import { ChartOptions } from './chart-options.tsx';
import type { ChangeSettings, ChartSettings } from './chart-settings.ts';
import { SmoothingTool } from './smoothing-tool.tsx';

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
  const { zoom, x } = settings;
  if (!slot) return null;
  return createPortal(
    <>
      {run.status === 'RUNNING' && <PauseButton />}
      {zoom && (
        <Button
          icon="undo"
          title={words.zoomed(endText(zoom[0]), endText(zoom[1]))}
          onClick={() => {
            onChange({ zoom: undefined });
          }}
        >
          {words.resetZoom}
        </Button>
      )}
      {only === undefined ? (
        <Finder all={all} shown={shown} bad={bad} />
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
      <label className="chart-tool">
        <span className="dim">{words.x}</span>
        <select
          value={x}
          onChange={(event) => {
            onChange({ x: xKinds.find((kind) => kind === event.target.value) ?? 'step' });
          }}
        >
          {xKinds.map((kind) => (
            <option key={kind} value={kind}>
              {words.xs[kind]}
            </option>
          ))}
        </select>
      </label>
      <SmoothingTool settings={settings} onChange={onChange} />
      <ChartOptions settings={settings} onChange={onChange} />
    </>,
    slot,
  );

  function endText(end: number): string {
    return Number.isFinite(end) ? xFullText(x, end) : words.open;
  }
}

/** Points of a running run come by themselves; who reads may want them to wait. */
function PauseButton() {
  const [paused, pause] = usePaused();
  return (
    <>
      <span className={paused ? 'dim' : 'chart-live'}>{paused ? words.paused : words.live}</span>
      <IconButton
        icon={paused ? 'play' : 'pause'}
        label={paused ? words.goOn : words.pause}
        onClick={() => {
          pause(!paused);
        }}
      />
    </>
  );
}

function Finder({ all, shown, bad }: Pick<ChartToolsProps, 'all' | 'shown' | 'bad'>) {
  const [{ q = '', re }, setUrl] = useUrlState();
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({ '/': { label: common.search, run: () => field.current?.focus() } });
  return (
    <>
      <input
        ref={field}
        type="search"
        className="chart-find"
        aria-label={words.find}
        placeholder={words.find}
        aria-invalid={bad}
        value={q}
        onChange={(event) => {
          setUrl({ q: event.target.value }, { replace: true });
        }}
      />
      <Button
        kind="quiet"
        className="square mono"
        aria-label={words.regex}
        title={words.regex}
        aria-pressed={re === '1'}
        onClick={() => {
          setUrl({ re: re === '1' ? undefined : '1' });
        }}
      >
        .*
      </Button>
      <span className={bad ? 'chart-count field-error' : 'chart-count dim'} role="status">
        {bad ? words.badRegex : shown === all ? words.count(count(all)) : words.matching(count(shown), count(all))}
      </span>
    </>
  );
}
