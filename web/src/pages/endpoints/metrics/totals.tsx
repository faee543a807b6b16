import type { Counts } from '../../../api/endpoints.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/endpoints.ts';

/** The figures of the whole time that is shown. */
export function Totals({ total }: { total: Counts }) {
  const { requests, errors } = total;
  const figures = [
    { title: text.metrics.requests, value: count(requests) },
    {
      title: text.metrics.errors,
      value: count(errors),
      note:
        requests > 0 ? text.metrics.rate(shortNumber(Number(((100 * errors) / requests).toPrecision(2)))) : undefined,
      bad: errors > 0,
    },
    ...(['p50', 'p95', 'p99', 'mean'] as const).map((which) => {
      const milliseconds = total[`${which}_ms`];
      return {
        title: text.metrics[which],
        value: milliseconds === undefined ? '–' : text.metrics.ms(shortNumber(milliseconds)),
      };
    }),
  ];
  return (
    <dl className="count-totals" aria-label={text.metrics.total}>
      {figures.map(({ title, value, note, bad }: (typeof figures)[number] & { note?: string; bad?: boolean }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd className={bad === true ? 'endpoint-bad' : ''}>
            {value} {note !== undefined && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
