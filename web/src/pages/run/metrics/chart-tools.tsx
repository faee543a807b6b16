import { useRef } from 'react';
import { createPortal } from 'react-dom';
import { xKinds } from '../../../charts/axis-text.ts';
import { xFullText } from '../../../charts/axis-text.ts';
import { yFits } from '../../../charts/scales.ts';
import { Button } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';
import { useToolsSlot } from '../tools-slot.ts';
import type { ChangeSettings, ChartSettings } from './chart-settings.ts';

interface ChartToolsProps {
  readonly all: number;
  readonly shown: number;
  readonly bad: boolean;
  readonly only: string | undefined;
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
}

const words = text.charts;

/** Beside the tabs, so that the charts begin right below them. */
export function ChartTools({ all, shown, bad, only, settings, onChange }: ChartToolsProps) {
  const slot = useToolsSlot();
  const [, setUrl] = useUrlState();
  const { zoom, x } = settings;
  if (!slot) return null;
  return createPortal(
    <>
      {zoom && (
        <Button
          icon="undo"
          title={words.zoomed(xFullText(x, zoom[0]), xFullText(x, zoom[1]))}
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
      <Smoothing settings={settings} onChange={onChange} />
      <MoreSettings settings={settings} onChange={onChange} />
    </>,
    slot,
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

function Smoothing({ settings, onChange }: Pick<ChartToolsProps, 'settings' | 'onChange'>) {
  return (
    <label className="chart-tool">
      <span className="dim">{words.smooth}</span>
      <input
        type="range"
        min={0}
        max={0.99}
        step={0.01}
        value={settings.smoothing}
        onChange={(event) => {
          onChange({ smoothing: Number(event.target.value) });
        }}
      />
      <output className="number">{settings.smoothing.toFixed(2)}</output>
    </label>
  );
}

function MoreSettings({ settings, onChange }: Pick<ChartToolsProps, 'settings' | 'onChange'>) {
  return (
    <Menu label={words.settings} icon="chart">
      <MenuItem
        checked={settings.logY}
        onSelect={() => {
          onChange({ logY: !settings.logY });
        }}
      >
        {words.log}
      </MenuItem>
      {yFits.map((fit) => (
        <MenuItem
          key={fit}
          checked={fit === settings.fit}
          onSelect={() => {
            onChange({ fit });
          }}
        >
          {words.y}: {words.fits[fit]}
        </MenuItem>
      ))}
      <MenuItem
        checked={settings.synced}
        onSelect={() => {
          onChange({ synced: !settings.synced });
        }}
      >
        {words.sync}
      </MenuItem>
    </Menu>
  );
}
