/** What the menu of a chart can do with its picture and its figures. */
import { pngOf, svgOf, type Picture } from '../../charts/picture.ts';
import type { IconName } from '../../components/icon.tsx';
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

type Rows = readonly (readonly (string | number | null)[])[];

export function csvAction(file: string, rows: () => Rows | Promise<Rows>): ChartAction {
  return {
    icon: 'download',
    name: words.csv,
    run: async () => {
      const cells = (await rows()).map((row) => row.map((cell) => cell ?? ''));
      saveFile(new Blob([csvText(cells)], { type: 'text/csv' }), `${file}.csv`);
    },
  };
}
