import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { runFilesQuery } from '../../../api/run-files.ts';
import { FindField } from '../../../components/find-field.tsx';
import { count } from '../../../components/format.ts';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { ShowMore } from '../../../components/show-more.tsx';
import { StepSlider } from '../../../components/step-slider.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/compare.ts';
import { kindByName } from '../../run/artifacts/preview-kind.ts';
import { steppedImages, stepIn } from '../../run/artifacts/stepped-images.ts';
import { commonFiles, modelsMade } from '../common-path.ts';
import { loggedTables } from './logged-tables.ts';
import { MediaImages, type ImageRow } from './media-images.tsx';
import { MediaTable } from './media-table.tsx';
import type { ViewProps } from '../table/table-view.tsx';

/** So many runs fit beside each other, and their lists are read at once; more are asked for. */
const runsAtOnce = 12;
/** Where `mlflow.log_table` puts those of its cells, by names that no other run has. */
const imagesOfTables = 'table_images/';
const tableKinds: readonly string[] = ['json', 'csv'];

/** Images and tables that several runs have under one name, at one step. */
export function MediaView({ comparison, runs }: ViewProps) {
  const [url, setUrl] = useUrlState();
  const most = Math.max(runsAtOnce, Math.trunc(Number(url['first'])) || 0);
  const shown = useMemo(() => runs.slice(0, most), [runs, most]);
  const logged = useMemo(() => loggedTables(comparison), [comparison]);
  const models = useMemo(() => modelsMade(comparison), [comparison]);
  const lists = useQueries({ queries: shown.map(({ id }, i) => runFilesQuery(id, models[i] ?? [])) });
  const files = lists.map(({ data }) => data?.files);
  const stepped = files.map((own) => steppedImages(own ?? []));
  const steps = [...new Set(stepped.flat().map(({ step }) => step))].sort((a, b) => a - b);
  const step = stepIn(steps, url['step'], steps.at(-1) ?? 0);
  const words = (url['media'] ?? '').toLowerCase();
  const steppedPaths = new Set(stepped.flat().flatMap(({ path, small }) => [path, small]));
  const isPlain = (path: string): boolean =>
    kindByName(path) === 'image' && !steppedPaths.has(path) && !path.startsWith(imagesOfTables);
  const plain = commonFiles(comparison, files, isPlain);
  const keys = [...new Set(stepped.flat().map(({ key }) => key))].sort();
  const images: ImageRow[] = [
    ...keys.map((key) => ({ name: key, stepped: stepped.map((own) => own.filter((image) => image.key === key)) })),
    ...plain.map(({ path, entries }) => ({ name: path, paths: entries.map((entry) => entry?.path) })),
  ].filter(({ name }) => name.toLowerCase().includes(words));
  const tables = commonFiles(comparison, files, (path) => tableKinds.includes(kindByName(path) ?? '')).toSorted(
    (a, b) => Number(logged.has(b.path)) - Number(logged.has(a.path)),
  );
  const failure = lists.find(({ error }) => error !== null);
  if (failure) return <Failed error={failure.error} onRetry={() => void failure.refetch()} />;
  // Those that came before stay while more are read.
  if (lists.slice(0, runsAtOnce).some(({ isPending }) => isPending)) return <Loading />;
  if (images.length === 0 && tables.length === 0 && words === '') return <State title={text.media.none} />;
  return (
    <>
      <div className="compare-bar">
        <FindField
          ofPage
          label={text.media.find}
          value={url['media'] ?? ''}
          onType={(typed) => {
            setUrl({ media: typed }, { replace: true });
          }}
        />
        {steps.length > 0 && (
          <StepSlider
            label={text.media.step}
            steps={steps}
            step={step}
            wordsOf={text.media.atStep}
            onStep={(next) => {
              setUrl({ step: String(next) }, { replace: true });
            }}
          />
        )}
        {runs.length > shown.length && (
          <>
            <span className="dim">{text.media.most(count(shown.length), count(runs.length))}</span>
            <ShowMore
              shown={shown.length}
              total={runs.length}
              step={runsAtOnce}
              onShow={(first) => {
                setUrl({ first: String(first) }, { replace: true });
              }}
            />
          </>
        )}
      </div>
      <div className="compare-media">
        {images.length > 0 && <MediaImages runs={shown} rows={images} step={step} />}
        {tables.length > 0 && <MediaTable runs={shown} tables={tables} />}
      </div>
    </>
  );
}
