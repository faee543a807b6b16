/** Captured requests in files of JSON lines: read from the newest back, the oldest files dropped beyond a bound. */
import type { ArtifactEntry } from '../artifacts/artifact-store.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { captureFolder, type CaptureHome } from './capture-home.ts';

export interface CapturedLine {
  /** The file and the line in it. */
  readonly id: string;
  readonly text: string;
}

/** In the order of their names, which is that of their times. */
async function captureFilesOf({ store }: CaptureHome): Promise<ArtifactEntry[]> {
  const entries = await store.list(captureFolder);
  return entries
    .filter(({ isDir, name }) => !isDir && name.endsWith('.jsonl'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readLines({ store }: CaptureHome, name: string): Promise<string[]> {
  const file = await store.open(`${captureFolder}/${name}`);
  const text = await new Response(file.stream()).text();
  return text.split('\n').filter((line) => line !== '');
}

export async function writeLines({ store }: CaptureHome, name: string, lines: readonly string[]): Promise<void> {
  const body = new Blob([lines.map((line) => `${line}\n`).join('')]);
  await store.write(`${captureFolder}/${name}`, body.stream(), { expectedSize: body.size });
}

/** Drops the oldest until the rest is small enough. */
export async function dropOldest(home: CaptureHome, mostBytes: number): Promise<void> {
  const files = await captureFilesOf(home);
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  for (const { name, size } of files.slice(0, -1)) {
    if (bytes <= mostBytes) return;
    await home.store.delete(`${captureFolder}/${name}`);
    bytes -= size;
  }
}

/** A page, newest first. A token is the id of the last line seen. */
export async function pageOfLines(
  home: CaptureHome,
  { most, token }: { most: number; token: string | undefined },
): Promise<{ lines: CapturedLine[]; bytes: number; nextPageToken: string | undefined }> {
  const files = await captureFilesOf(home);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const after = token === undefined || token === '' ? undefined : parsedToken(token);
  const lines: CapturedLine[] = [];
  for (const { name } of files.reverse()) {
    if (after && name > after.file) continue;
    const texts = await readLines(home, name);
    const first = after?.file === name ? Math.min(after.line, texts.length) : texts.length;
    for (let at = first - 1; at >= 0; at--) {
      // One more tells that there is a next page.
      if (lines.length === most) return { lines, bytes, nextPageToken: lines.at(-1)?.id };
      lines.push({ id: `${name}:${at}`, text: texts[at] ?? '' });
    }
  }
  return { lines, bytes, nextPageToken: undefined };
}

function parsedToken(token: string): { file: string; line: number } {
  const [, file, line] = /^([\w.-]+\.jsonl):(\d{1,9})$/.exec(token) ?? [];
  if (file === undefined) throw invalidParameter('Invalid page token: it is not one that this method gave.');
  return { file, line: Number(line) };
}
