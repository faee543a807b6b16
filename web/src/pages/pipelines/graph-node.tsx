import type { TaskRecord } from '../../api/pipeline-record.ts';
import { Icon } from '../../components/icon.tsx';
import { Lasted } from '../../components/lasted.tsx';
import { text } from '../../text/pipelines.ts';
import { taskLooks } from './task-mark.tsx';

interface GraphNodeProps {
  readonly task: TaskRecord;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Why it is in its state, and what stands around it: spoken after what is seen. */
  readonly about: string;
  readonly chosen: boolean;
  /** The one that the Tab key leads to. */
  readonly reachable: boolean;
  readonly onChoose: () => void;
}

/** Characters that fit into a box. */
const longestName = 21;

export function GraphNode({ task, x, y, width, height, about, chosen, reachable, onChoose }: GraphNodeProps) {
  const { name, state, started, ended, next } = task;
  const look = taskLooks[state];
  const letters = [...name];
  const shown = letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : name;
  return (
    <g
      className="pipeline-node"
      transform={`translate(${x} ${y})`}
      data-task={name}
      data-state={state}
      role="button"
      aria-description={about}
      aria-pressed={chosen}
      tabIndex={reachable ? 0 : -1}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
    >
      <rect className="pipeline-box" width={width} height={height} rx="6" />
      <g className={`status ${look}`} transform="translate(10 9)">
        <Icon name={look} />
      </g>
      {next !== undefined && <rect className="pipeline-next-box" x={width - 68} y="-8" width="60" height="16" rx="8" />}
      {/* Wide letters end with the box. One text with spaces in it: as it is read aloud. */}
      <text clipPath="url(#pipeline-words)">
        <tspan className="pipeline-name" x="33" y="21">
          {shown}
        </tspan>{' '}
        <tspan className="pipeline-word" x="33" y="39">
          {text.states[state]}
          {started !== undefined && (ended !== undefined || state === 'running') && (
            <>
              {' · '}
              <Lasted from={started} to={ended} />
            </>
          )}
        </tspan>{' '}
        {next !== undefined && (
          <tspan className="pipeline-next-mark" x={width - 38} y="3.5" textAnchor="middle">
            {text.next.mark}
          </tspan>
        )}
      </text>
    </g>
  );
}
