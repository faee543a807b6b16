import { downloadUrl } from '../../../api/artifacts.ts';
import { CutName } from '../../../components/cut-name.tsx';
import { text } from '../../../text/compare.ts';
import { imageAt, type SteppedImage } from '../../run/artifacts/stepped-images.ts';
import { RunDot, type ColouredRun } from '../run-head.tsx';

/** Images of one name by the place of their run: logged at steps, or single files. */
export interface ImageRow {
  readonly name: string;
  readonly stepped?: readonly (readonly SteppedImage[])[];
  readonly paths?: readonly (string | undefined)[];
}

interface MediaImagesProps {
  readonly runs: readonly ColouredRun[];
  readonly rows: readonly ImageRow[];
  readonly step: number;
}

/** More of them would be looked for rather than looked at. */
const mostRows = 100;

export function MediaImages({ runs, rows, step }: MediaImagesProps) {
  return (
    <section aria-label={text.media.images}>
      <h2>{text.media.images}</h2>
      {rows.slice(0, mostRows).map((row) => (
        <section key={row.name} aria-label={row.name} className="compare-images">
          <h3 className="ellipsis" title={row.name}>
            {row.name}
          </h3>
          <div className="compare-image-row" role="region" aria-label={row.name} tabIndex={0}>
            {runs.map((run, place) => (
              <ImageOf key={run.id} run={run} row={row} place={place} step={step} />
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}

interface ImageOfProps {
  readonly run: ColouredRun;
  readonly row: ImageRow;
  readonly place: number;
  readonly step: number;
}

function ImageOf({ run, row, place, step }: ImageOfProps) {
  const at = row.stepped && imageAt(row.stepped[place] ?? [], step);
  const path = row.stepped ? at?.path : row.paths?.[place];
  return (
    <figure>
      {path === undefined ? (
        <div className="stepped-image compare-no-image dim">{text.media.noImage}</div>
      ) : (
        <img
          className="stepped-image"
          loading="lazy"
          src={downloadUrl(run.id, path)}
          alt={`${row.name}, ${run.name}${at ? `, ${text.media.atStep(String(at.step))}` : ''}`}
        />
      )}
      <figcaption>
        <RunDot colour={run.colour} />
        <CutName name={run.name} />
        {at && <span className="dim number">{at.step}</span>}
      </figcaption>
    </figure>
  );
}
