/** The image that each run logged under one name, side by side, step by step. */
import { useImperativeHandle, useMemo, useState } from 'react';
import { downloadUrl } from '../../../api/artifacts.ts';
import { MarkTable } from '../../../charts/marks/mark-table.tsx';
import { cssColour } from '../../../charts/run-colour.ts';
import { emphasise } from '../../../charts/emphasis.ts';
import { Button } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { Loading } from '../../../components/page.tsx';
import { StepSlider } from '../../../components/step-slider.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/chart-marks.ts';
import { imageAt, stepIn, type SteppedImage } from '../../run/artifacts/stepped-images.ts';
import { TextField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import type { ChartRun } from '../chart-run.ts';
import { textOption } from './card-options.ts';
import { useRunImages, type ImagesOfRun } from './run-images.ts';

/** Each run's list of files is a call of its own. */
const runsAtOnce = 40;
const usualFolder = 'images';

export const imagesCard: CardKindEntry = {
  kind: 'images',
  needs: () => [],
  begin: (_, id) => ({ id, kind: 'images', columns: [], options: { folder: usualFolder } }),
  Body: ImagesBody,
  Editor: ImagesEditor,
};

function ImagesBody({ spec, runs, label, asTable, onChange, onOpen, ref }: CardProps) {
  const folder = textOption(spec.options, 'folder');
  const [most, setMost] = useState(runsAtOnce);
  const asked = useMemo(() => runs.slice(0, most), [runs, most]);
  const images = useRunImages(asked, folder);
  const name = images.names.find((one) => one === spec.options['image']) ?? images.names[0] ?? '';
  const steps = useMemo(() => stepsOf(images.runs, name), [images.runs, name]);
  const [moved, setMoved] = useState<number>();
  const step = stepIn(steps, moved === undefined ? optionText(spec.options['step']) : String(moved), steps.at(-1) ?? 0);
  const header = [text.run, text.image, text.step];
  const rows = images.runs.flatMap(({ run, byName }) =>
    (byName.get(name) ?? []).map((image) => [run.name, image.key, image.step]),
  );
  useImperativeHandle(ref, () => ({ picture: () => undefined, rows: () => [header, ...rows] }));

  if (runs.length === 0) return <div className="chart-state">{text.noRuns}</div>;
  if (images.names.length === 0) {
    if (images.loading) return <Loading />;
    return (
      <div className="chart-state" role={images.error ? 'alert' : undefined}>
        {images.error?.message ?? text.noImages(folder)}
        {images.error ? <Button onClick={images.retry}>{common.retry}</Button> : <span>{text.noImagesHint}</span>}
      </div>
    );
  }
  if (asTable) return <MarkTable label={text.table(label)} header={header} rows={rows} />;
  const withImage = images.runs.filter(({ byName }) => byName.has(name));
  const without = images.runs.length - withImage.length;
  const set = (options: CardProps['spec']['options']): void => {
    onChange({ ...spec, options: { ...spec.options, ...options } });
  };
  /** A way of many steps is one change of the card. */
  const keep = (): void => {
    if (moved !== undefined && String(moved) !== optionText(spec.options['step'])) set({ step: String(moved) });
  };
  return (
    <div className="image-card" data-chart="" data-drawn="true">
      <div className="view-bar" onBlur={keep} onPointerUp={keep}>
        {images.names.length > 1 && (
          <select
            aria-label={text.image}
            value={name}
            onChange={(event) => {
              set({ image: event.target.value });
            }}
          >
            {images.names.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        )}
        {steps.length > 1 && (
          <StepSlider label={text.step} steps={steps} step={step} wordsOf={text.stepOf} onStep={setMoved} />
        )}
        {most < runs.length && (
          <>
            <span className="dim">{text.firstRuns(count(most), count(runs.length))}</span>
            <Button
              kind="quiet"
              onClick={() => {
                setMost(most + runsAtOnce);
              }}
            >
              {text.moreRuns}
            </Button>
          </>
        )}
      </div>
      <div className="image-grid" tabIndex={0} role="region" aria-label={label}>
        {withImage.map(({ run, byName }) => (
          <RunImage key={run.id} run={run} image={imageAt(byName.get(name) ?? [], step)} onOpen={onOpen} />
        ))}
      </div>
      {without > 0 && !images.loading && <p className="chart-notes dim">{text.without(count(without), name)}</p>}
    </div>
  );
}

interface RunImageProps {
  readonly run: ChartRun;
  readonly image: SteppedImage | undefined;
  readonly onOpen: (runId: string) => void;
}

function RunImage({ run, image, onOpen }: RunImageProps) {
  return (
    <figure
      onPointerEnter={() => {
        emphasise(run.id);
      }}
      onPointerLeave={() => {
        emphasise(undefined);
      }}
    >
      {image ? (
        <img
          loading="lazy"
          src={downloadUrl(run.id, image.path)}
          alt={text.imageOf(image.key, run.name, text.stepOf(String(image.step)))}
        />
      ) : (
        <div className="image-missing dim">{text.noImageOfRun}</div>
      )}
      <figcaption>
        <button
          type="button"
          className="image-run"
          title={run.name}
          onClick={() => {
            onOpen(run.id);
          }}
        >
          <i className="dot" style={{ background: cssColour(run.colour) }} />
          <span className="ellipsis">{run.name}</span>
        </button>
        {image && <span className="dim number">{image.step}</span>}
      </figcaption>
    </figure>
  );
}

function stepsOf(runs: readonly ImagesOfRun[], name: string): number[] {
  const steps = new Set(runs.flatMap(({ byName }) => (byName.get(name) ?? []).map(({ step }) => step)));
  return [...steps].sort((a, b) => a - b);
}

function optionText(option: CardProps['spec']['options'][string]): string | undefined {
  return option === undefined ? undefined : String(option);
}

function ImagesEditor({ spec, onChange }: EditorProps) {
  return (
    <TextField
      label={text.folder}
      hint={text.folderHint}
      value={textOption(spec.options, 'folder')}
      onChange={(folder) => {
        onChange({
          ...spec,
          options: { ...spec.options, folder: folder.trim().replace(/\/+$/, ''), image: undefined },
        });
      }}
    />
  );
}
