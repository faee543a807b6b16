/** What columns of a type are made into first, as functions of the notebook. */
import type { ColumnProfile } from '../../../protocol/automl-record.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Task } from '../task.ts';

const functions = {
  numbers: `
def numbers(table):
    """Numbers and texts that hold numbers, true as 1; what is no number or infinite is missing."""
    return table.apply(pd.to_numeric, errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
`,
  as_text: `
def as_text(table):
    """Categories as text, the number 3 as "3" whatever its type; missing ones stay missing."""
    return table.apply(
        lambda column: column.astype(object).map(
            lambda value: value if isinstance(value, str) else f"{value:.17g}", na_action="ignore"
        )
    )
`,
  date_parts: `
def date_parts(table):
    """Of each date its year, month, day, weekday, hour, and the days since 1970."""
    parts = {}
    for name in table:
        values = table[name]
        date = pd.to_datetime(values, format=DATE_FORMATS.get(name), errors="coerce", utc=True)
        for part in ("year", "month", "day", "day_of_week", "hour"):
            parts[f"{name} {part}"] = getattr(date.dt, part)
        parts[f"{name} days"] = (date - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    return pd.DataFrame(parts, index=table.index, dtype=float)
`,
  sentences: `
def sentences(table):
    """The texts of a table's only column; missing ones are empty."""
    return table.iloc[:, 0].astype(object).where(table.iloc[:, 0].notna(), "").astype(str)
`,
} as const;

export type ColumnFunction = keyof typeof functions;

export function functionCode(name: ColumnFunction, task: Task): string {
  const digits = datesOf(task).some(({ type, format }) => format !== undefined && type !== 'string');
  return digits ? functions[name].trim().replace(plainValues, valuesInDigits) : functions[name].trim();
}

const plainValues = 'values = table[name]';
/** Numbers such as 20240131, which are fractions where one is missing. */
const valuesInDigits = `values = table[name].map(
            lambda value: f"{value:.0f}" if isinstance(value, (int, float)) else value, na_action="ignore"
        )`;

/** Defines `DATE_FORMATS`, where there are dates. */
export function dateFormats(task: Task): string {
  const dates = datesOf(task);
  if (dates.length === 0) return '';
  const formats = Object.fromEntries(
    dates.flatMap(({ name, format }) => (format === undefined ? [] : [[name, format]])),
  );
  return `DATE_FORMATS = ${pythonLiteral(formats)}  # of dates that are texts, or numbers such as 20240131\n\n\n`;
}

function datesOf({ features }: Task): ColumnProfile[] {
  return features.filter(({ semantic }) => semantic === 'datetime');
}
