import type { LastMetric } from '../../../api/run.ts';
import type { AutomlConfig } from '../../../api/automl-rules.ts';
import { shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/automl-trial.ts';
import { costText } from '../cost-text.ts';

const parts = ['training', 'val', 'test'] as const;
const partOf = /^(training|val|test)_(.+)$/;

interface TrialMetricsProps {
  readonly metrics: readonly LastMetric[];
  readonly config: AutomlConfig;
}

/** Every metric of a trial by the part of the data that it was measured on; then what the trial costs. */
export function TrialMetrics({ metrics, config }: TrialMetricsProps) {
  const byName = new Map<string, Partial<Record<string, number>>>();
  for (const { key, value } of metrics) {
    const [, part, name] = partOf.exec(key) ?? [];
    if (part !== undefined && name !== undefined) byName.set(name, { ...byName.get(name), [part]: value });
  }
  const used = parts.filter((part) => [...byName.values()].some((values) => values[part] !== undefined));
  const costs = metrics.filter(({ key }) => text.cost[key] !== undefined);
  const rest = metrics.filter(({ key }) => !partOf.test(key) && text.cost[key] === undefined);
  const first = (name: string): number => Number(!name.startsWith(config.primary_metric));
  const names = [...byName.keys()].toSorted((a, b) => first(a) - first(b) || a.localeCompare(b));
  return (
    <section className="page-section" aria-label={text.metrics}>
      <h2>{text.metrics}</h2>
      {names.length > 0 && (
        <div className="page-scroll" tabIndex={0} role="region" aria-label={text.metrics}>
          <table className="page-table automl-metrics">
            <thead>
              <tr>
                <th scope="col">{text.metric}</th>
                {used.map((part) => (
                  <th key={part} scope="col">
                    {text.parts[part]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {names.map((name) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  {used.map((part) => {
                    const value = byName.get(name)?.[part];
                    return (
                      <td key={part} className="number" title={value === undefined ? undefined : String(value)}>
                        {value !== undefined && shortNumber(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <dl className="page-facts task-pairs">
        {[...costs, ...rest].map(({ key, value }) => (
          <div key={key}>
            <dt>{text.cost[key] ?? <code>{key}</code>}</dt>
            <dd className="number" title={String(value)}>
              {text.cost[key] === undefined ? shortNumber(value) : costText(key, value)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
