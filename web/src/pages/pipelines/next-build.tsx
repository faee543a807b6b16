import type { PipelineRecord } from '../../api/pipeline-record.ts';
import { text } from '../../text/pipelines.ts';

interface NextBuildProps {
  readonly record: PipelineRecord;
  readonly onChoose: (task: string) => void;
}

/** Which tasks the next build will run, and why. */
export function NextBuild({ record, onChoose }: NextBuildProps) {
  const next = record.tasks.filter((task) => task.next !== undefined);
  if (next.length === 0) return <p className="pipeline-next dim">{text.next.nothing}</p>;
  return (
    <section className="pipeline-next" aria-label={text.next.title}>
      <h2>{text.next.title}</h2>
      <ul className="chips wrap">
        {next.map(({ name, next: why = '' }) => (
          <li key={name}>
            <button
              type="button"
              className="chip"
              title={text.next.because(name, why)}
              onClick={() => {
                onChoose(name);
              }}
            >
              <span className="ellipsis">{why === '' ? name : text.next.because(name, why)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
