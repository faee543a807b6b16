/** What the preparation has found, for readers. */
import type { ColumnProfile, DataProfile } from '../../protocol/automl-record.ts';

/** Alerts, and the columns that models do not see, as Markdown. */
export function whatIsKnown(profile: DataProfile): string {
  const marks = { high: '🔴', medium: '🟠', low: '⚪' } as const;
  const alerts = profile.alerts.map(({ severity, message }) => `- ${marks[severity]} ${plain(message)}`);
  const unused = profile.columns.filter(({ used, reason }) => !used && reason !== 'is to be predicted');
  return [
    alerts.length > 0 ? `**To be known first**\n\n${shortened(alerts)}` : 'Nothing in it calls for a warning.',
    ...(unused.length > 0 ? [`**Columns that models do not see**\n\n${shortened(unused.map(unusedLine))}`] : []),
  ].join('\n\n');
}

const mostLines = 30;

function shortened(lines: readonly string[]): string {
  const more = lines.length > mostLines ? [`- and ${lines.length - mostLines} more`] : [];
  return [...lines.slice(0, mostLines), ...more].join('\n');
}

function unusedLine({ name, reason }: ColumnProfile): string {
  return `- \`${name.replaceAll('`', "'")}\` ${plain(reason ?? 'is not used')}`;
}

/** Text of the data shall not be taken for Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_<>|[\]]/g, String.raw`\$&`).replaceAll('\n', ' ');
}
