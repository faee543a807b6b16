/** What the menu of a chart can do with its picture and its figures. */
import { pngOf, svgOf, type Picture } from '../../charts/picture.ts';
import { count } from '../../components/format.ts';
import type { IconName } from '../../components/icon.tsx';
import { progressToast, type Progress } from '../../components/progress-toast.ts';
import { csvText, saveFile } from '../../components/save-file.ts';
import { showToast } from '../../components/toast.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/run.ts';

export interface ChartAction {
  readonly icon: IconName;
  readonly name: string;
  readonly run: () => void | Promise<void>;
  readonly danger?: boolean;
}

const words = text.charts;

export function pictureActions(file: string, title: string, picture: () => Picture | undefined): ChartAction[] {
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

/** @param change what the address of the one chart has that this one has not */
export function linkAction(change: UrlValues): ChartAction {
  return {
    icon: 'link',
    name: words.copyLink,
    run: async () => {
      const url = new URL(location.href);
      for (const [key, value] of Object.entries(change)) {
        if (value === undefined) url.searchParams.delete(key);
        else url.searchParams.set(key, value);
      }
      await navigator.clipboard.writeText(url.href).catch(() => Promise.reject(new Error(common.cannotCopy)));
      showToast({ message: words.linkCopied });
    },
  };
}

/** May be millions, each made when it is asked for. */
export type Rows = Iterable<readonly (string | number | null)[]>;

export function csvAction(file: string, rows: (say: (message: string) => void) => Rows | Promise<Rows>): ChartAction {
  return {
    icon: 'download',
    name: words.csv,
    run: async () => {
      const progress = progressToast();
      try {
        saveFile(await csvFile(await rows(progress.say), progress), `${file}.csv`);
      } finally {
        progress.end();
      }
    },
  };
}

const rowsAtOnce = 20_000;

/** In pieces, between which the page goes on: a text of all would be too long. */
async function csvFile(rows: Rows, progress: Progress): Promise<Blob> {
  const pieces: Blob[] = [];
  let [cells, written]: [(string | number)[][], number] = [[], 0];
  const write = (): void => {
    pieces.push(new Blob([csvText(cells)]));
    written += cells.length;
    cells = [];
  };
  for (const row of rows) {
    if (cells.push(row.map((cell) => cell ?? '')) < rowsAtOnce) continue;
    write();
    progress.say(words.writing(count(written)));
    await new Promise((resolve) => setTimeout(resolve));
  }
  write();
  return new Blob(pieces, { type: 'text/csv' });
}
