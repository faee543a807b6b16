import type { RefObject } from 'react';
import { allPoints, type LastMetric, type RunDetail } from '../../../api/run.ts';
import { csv, download, png } from '../../../charts/export.ts';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { showFailure, showToast } from '../../../components/toast.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';

interface ChartMenuProps {
  readonly run: RunDetail;
  readonly metric: LastMetric;
  readonly card: RefObject<HTMLElement | null>;
  readonly asTable: boolean;
  readonly onTable: (key: string) => void;
  readonly alone: boolean;
}

const words = text.charts;

export function ChartMenu({ run, metric, card, asTable, onTable, alone }: ChartMenuProps) {
  const [, setUrl] = useUrlState();
  const { key } = metric;
  const attempt = (action: () => Promise<unknown>): void => void action().catch(showFailure);
  const saveCsv = async (): Promise<void> => {
    const points = await allPoints(run.id, key);
    const rows = points.map(({ step, time, value }) => [step, time, value]);
    download(csv([['step', 'timestamp', key], ...rows]), `${run.name}-${key}.csv`);
  };
  const savePng = async (): Promise<void> => {
    const canvas = card.current?.querySelector('canvas');
    if (canvas) download(await png(canvas, `${run.name}: ${key}`), `${run.name}-${key}.png`);
  };
  const copyLink = async (): Promise<void> => {
    const url = new URL(location.href);
    url.searchParams.set('metric', key);
    await navigator.clipboard.writeText(url.href).catch(() => Promise.reject(new Error(common.cannotCopy)));
    showToast({ message: words.linkCopied });
  };
  return (
    <Menu icon="more" label={words.menu(key)}>
      <MenuItem
        icon={asTable ? 'chart' : 'rows'}
        onSelect={() => {
          onTable(key);
        }}
      >
        {asTable ? words.asChart : words.asTable}
      </MenuItem>
      {!alone && (
        <MenuItem
          icon="external"
          onSelect={() => {
            setUrl({ metric: key });
          }}
        >
          {words.alone}
        </MenuItem>
      )}
      <MenuItem
        icon="link"
        onSelect={() => {
          attempt(copyLink);
        }}
      >
        {words.copyLink}
      </MenuItem>
      <MenuItem
        icon="download"
        onSelect={() => {
          attempt(saveCsv);
        }}
      >
        {words.csv}
      </MenuItem>
      {!asTable && (
        <MenuItem
          icon="download"
          onSelect={() => {
            attempt(savePng);
          }}
        >
          {words.png}
        </MenuItem>
      )}
    </Menu>
  );
}
