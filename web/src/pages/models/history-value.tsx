import { text } from '../../text/models.ts';

interface ChangedValueProps {
  readonly before?: string;
  readonly after?: string;
}

/** Longer ones are shown when asked for. */
const longestInLine = 80;

function fitsInLine(value = ''): boolean {
  return value.length <= longestInLine && !value.includes('\n');
}

/** The value that something had and the one it has now: in the line, or below when it is opened. */
export function ChangedValue({ before, after }: ChangedValueProps) {
  if (before === undefined && after === undefined) return null;
  const inLine = fitsInLine(before) && fitsInLine(after);
  const values = (
    <>
      {before !== undefined && <Shown label={text.history.before} value={before} tag="del" inLine={inLine} />}
      {after !== undefined && <Shown label={text.history.after} value={after} tag="ins" inLine={inLine} />}
    </>
  );
  if (inLine) return <> {values}</>;
  return (
    <details className="history-long">
      <summary>{text.history.show}</summary>
      {values}
    </details>
  );
}

interface ShownProps {
  readonly label: string;
  readonly value: string;
  readonly tag: 'del' | 'ins';
  readonly inLine: boolean;
}

function Shown({ label, value, tag: Tag, inLine }: ShownProps) {
  return (
    <Tag className="history-value">
      <span className={inLine ? 'visually-hidden' : 'history-label'}>{label}: </span>
      {value === '' ? <span className="dim">{text.history.emptyValue}</span> : value}
    </Tag>
  );
}
