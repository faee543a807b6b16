import { jobStates } from '../../api/job-rules.ts';
import type { JobPage, JobState } from '../../api/jobs.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { text } from '../../text/jobs.ts';

interface StateFilterProps {
  readonly counts: JobPage['counts'];
  readonly value: JobState | undefined;
  readonly onChange: (state: JobState | undefined) => void;
}

/** How many jobs there are in each state, and the choice of one. */
export function StateFilter({ counts, value, onChange }: StateFilterProps) {
  return (
    <span className="segments jobs-states" role="group" aria-label={text.ofState}>
      <Button
        aria-pressed={value === undefined}
        onClick={() => {
          onChange(undefined);
        }}
      >
        {text.all}
      </Button>
      {jobStates.map((state) => (
        <Button
          key={state}
          aria-pressed={state === value}
          onClick={() => {
            onChange(state);
          }}
        >
          {text.withCount(text.states[state], count(counts[state] ?? 0))}
        </Button>
      ))}
    </span>
  );
}
