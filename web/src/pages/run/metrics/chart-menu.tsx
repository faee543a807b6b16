import { useState, type RefObject } from 'react';
import { allPoints, type LastMetric, type RunDetail } from '../../../api/run.ts';
import type { ChartHandle } from '../../../charts/line-chart.tsx';
import { pngOf, svgOf, type Picture } from '../../../charts/picture.ts';
import type { IconName } from '../../../components/icon.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { csvText, saveFile } from '../../../components/save-file.ts';
import { showFailure, showToast } from '../../../components/toast.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';
import type { ChartSettings } from './chart-settings.ts';
import { RangeDialog } from './range-dialog.tsx';

interface ChartMenuProps {
  readonly run: RunDetail;
  readonly metric: LastMetric;
  readonly settings: ChartSettings;
  readonly chart: RefObject<ChartHandle | null>;
  readonly asTable: boolean;
  readonly onTable: (key: string) => void;
  readonly alone: boolean;
  /** It is open over the whole window. */
  readonly full: boolean;
}

const words = text.charts;

export function ChartMenu({ run, metric, settings, chart, asTable, onTable, alone, full }: ChartMenuProps) {
  const [, setUrl] = useUrlState();
  const [ranging, setRanging] = useState(false);
  const { key } = metric;
  const actions: readonly (MenuAction | false)[] = [
    {
      icon: asTable ? 'chart' : 'rows',
      name: asTable ? words.asChart : words.asTable,
      run: () => {
        onTable(key);
      },
    },
    !full && {
      icon: 'expand',
      name: words.full,
      run: () => {
        setUrl({ full: key });
      },
    },
    !alone && {
      icon: 'external',
      name: words.alone,
      run: () => {
        setUrl({ metric: key, full: undefined });
      },
    },
    !asTable && {
      icon: 'chart',
      name: words.ranges,
      run: () => {
        setRanging(true);
      },
    },
    { icon: 'link', name: words.copyLink, run: () => copyLink(key) },
    { icon: 'download', name: words.csv, run: () => saveCsv(run, key) },
    ...(asTable ? [] : pictureActions(`${run.name}-${key}`, `${run.name}: ${key}`, () => chart.current?.picture())),
  ];
  return (
    <>
      <Menu icon="more" label={words.menu(key)}>
        {actions.map(
          (action) =>
            action && (
              <MenuItem
                key={action.name}
                icon={action.icon}
                onSelect={() => void Promise.resolve(action.run()).catch(showFailure)}
              >
                {action.name}
              </MenuItem>
            ),
        )}
      </Menu>
      {ranging && (
        <RangeDialog
          metricKey={key}
          x={settings.x}
          zoom={settings.zoom}
          onClose={() => {
            setRanging(false);
          }}
        />
      )}
    </>
  );
}

interface MenuAction {
  readonly icon: IconName;
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

function pictureActions(file: string, title: string, picture: () => Picture | undefined): MenuAction[] {
  const needed = (): Picture => {
    const one = picture();
    if (!one) throw new Error(words.noPicture);
    return one;
  };
  return [
    {
      icon: 'copy',
      name: words.copyImage,
      run: async () => {
        // Given as a promise: some browsers forget the click while the picture is made.
        await navigator.clipboard
          .write([new ClipboardItem({ 'image/png': pngOf(needed(), title) })])
          .catch(() => Promise.reject(new Error(common.cannotCopy)));
        showToast({ message: words.imageCopied });
      },
    },
    {
      icon: 'download',
      name: words.png,
      run: async () => {
        saveFile(await pngOf(needed(), title), `${file}.png`);
      },
    },
    {
      icon: 'download',
      name: words.svg,
      run: () => {
        saveFile(svgOf(needed(), title), `${file}.svg`);
      },
    },
  ];
}

async function copyLink(key: string): Promise<void> {
  const url = new URL(location.href);
  url.searchParams.set('metric', key);
  url.searchParams.delete('full');
  await navigator.clipboard.writeText(url.href).catch(() => Promise.reject(new Error(common.cannotCopy)));
  showToast({ message: words.linkCopied });
}

async function saveCsv(run: RunDetail, key: string): Promise<void> {
  const points = await allPoints(run.id, key);
  const rows = points.map(({ step, time, value }) => [step, time, value]);
  saveFile(new Blob([csvText([['step', 'timestamp', key], ...rows])], { type: 'text/csv' }), `${run.name}-${key}.csv`);
}
