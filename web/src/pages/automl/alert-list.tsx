import type { Alert } from '../../api/automl-rules.ts';
import { Button } from '../../components/button.tsx';
import { text } from '../../text/automl.ts';

const order = ['high', 'medium', 'low'] as const;

interface AlertListProps {
  readonly alerts: readonly Alert[];
  /** Undefined: all. */
  readonly most?: number;
  readonly onAll?: () => void;
}

/** What a person should know of the data before trusting a model, what matters most first. */
export function AlertList({ alerts, most = alerts.length, onAll }: AlertListProps) {
  const sorted = alerts.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <section className="automl-alerts" aria-label={text.alerts.title}>
      <h2>{text.alerts.title}</h2>
      {alerts.length === 0 && <p className="dim">{text.alerts.none}</p>}
      <ul>
        {sorted.slice(0, most).map(({ name, severity, message, columns }) => (
          <li key={`${name} ${columns.join()}`} data-severity={severity}>
            <strong>{text.alerts.severities[severity]}</strong>
            <span>
              {message}
              {columns.length > 0 && !columns.some((column) => message.includes(column)) && (
                <span className="dim"> {text.alerts.columns(columns.slice(0, 8).join(', '))}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {alerts.length > most && <Button onClick={onAll}>{text.alerts.more(String(alerts.length - most))}</Button>}
    </section>
  );
}
