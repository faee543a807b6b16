import { useQueries } from '@tanstack/react-query';
import { fileOf, head, type Entry } from '../../../api/artifacts.ts';
import { DiffView } from '../../../components/content/diff-view.tsx';
import { bytes } from '../../../components/format.ts';
import { Failed, Loading } from '../../../components/page.tsx';
import { text } from '../../../text/compare.ts';
import { decode } from '../../run/artifacts/previews/with-text.tsx';
import type { CommonFile } from '../common-path.ts';
import type { ColouredRun } from '../run-head.tsx';
import type { Pair } from './use-pair.ts';

const largest = 5_000_000;

/** One file of both runs. A side that has none is empty, and says so. */
export function FileDiff({ file, pair }: { file: CommonFile; pair: Pair }) {
  const sides = [pair.left, pair.right].map((run, i) => ({ run, entry: file.entries[i] }));
  const tooLarge = sides.some(({ entry }) => (entry?.size ?? 0) > largest);
  const loaded = useQueries({
    queries: sides.map(({ run, entry }) => ({
      ...head(fileOf(run.id, entry ?? nothing), entry?.size ?? 0),
      enabled: !tooLarge,
    })),
  });
  const failure = loaded.find(({ error }) => error !== null);
  if (tooLarge) return <p className="compare-note">{text.files.tooLarge(bytes(largest))}</p>;
  if (failure) return <Failed error={failure.error} onRetry={() => void failure.refetch()} />;
  const [left, right] = loaded.map(({ data }) => data && decode(data.bytes, false));
  if (left === undefined || right === undefined) return <Loading />;
  const [absent] = sides.filter(({ entry }) => !entry);
  if ([left, right].some((side) => side.includes('\0'))) return <p className="compare-note">{text.files.binary}</p>;
  return (
    <section className="compare-file" aria-label={file.path}>
      <h2 className="ellipsis" title={file.path}>
        {file.path}
      </h2>
      {absent && <p className="dim">{text.files.absent(absent.run.name)}</p>}
      <DiffView left={left} right={right} names={[nameOf(pair.left), nameOf(pair.right)]} />
    </section>
  );
}

const nothing: Entry = { path: '', name: '', isFolder: false, size: 0 };

function nameOf({ name }: ColouredRun): string {
  return name;
}
