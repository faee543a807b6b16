import type { ComparedRun } from '../../api/comparison.ts';
import { cssColour, type RunColour } from '../../charts/run-colour.ts';
import { CellLink } from '../../components/cell-link.tsx';
import { CutName } from '../../components/cut-name.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { text } from '../../text/compare.ts';
import { statusText } from '../../text/run-status.ts';

export interface ColouredRun extends ComparedRun {
  readonly colour: RunColour;
}

function runPath({ experimentId, id }: ComparedRun): string {
  return `/experiments/${experimentId}/runs/${id}`;
}

export function RunDot({ colour }: { colour: RunColour }) {
  return <i className="compare-dot" style={{ background: cssColour(colour) }} />;
}

/** A run as the head of its column: colour, state, name; the id on hover. */
export function RunHead({ run, isBaseline }: { run: ColouredRun; isBaseline: boolean }) {
  return (
    <span className="compare-head">
      <RunDot colour={run.colour} />
      <StatusIcon kind={run.status} label={statusText(run.status)} />
      <CellLink path={runPath(run)} className="compare-name">
        <CutName name={run.name} title={`${run.name}\n${run.id}`} />
      </CellLink>
      {isBaseline && <span className="chip">{text.baseline}</span>}
    </span>
  );
}
