/** What columns of a type are made into first, as functions of the notebook. */
import type { ColumnProfile } from '../../../protocol/automl-record.ts';
import { knownYears } from '../../notebook/known-years.ts';
import { isoDateCode, monthNames, pandasFormat } from '../../notebook/month-names.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Task } from '../task.ts';

const functions = {
  tell_lost: `
TOLD = set()  # columns, once in each process


def tell_lost(table, read):
    """Warns of values that were not read, and so count as missing."""
    lost = table.notna() & read.isna()
    for name in lost.columns[lost.any()]:
        values = table[name][lost[name] & ~table[name].isin([np.inf, -np.inf])]
        if len(values) and (os.getpid(), name) not in TOLD:
            TOLD.add((os.getpid(), name))
            warnings.warn(f"{len(values)} of {len(table)} values of {name} are not read and count as missing, such as {values.iloc[0]!r}")
    return read
`,
  numbers: `
def numbers(table):
    """Numbers and texts that hold numbers, true as 1; what is no number or infinite is missing."""
    read = table.apply(pd.to_numeric, errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
    return tell_lost(table, read)
`,
  without_units: `
def without_unit(value, name):
    """The text "€ 1,299.00" as "1299.00", "(5)" as "-5", "5.00-" as "-5.00"; numbers stay, and what has another unit is missing."""
    if not isinstance(value, str):
        return value
    text = " ".join(value.split()).replace("−", "-").replace("’", "'")
    unit = re.escape(UNITS[name])
    measure = f"(?:{unit})?"
    text = re.sub(rf"^({measure} ?)\\((.*)\\)$|^(\\d[\\d.,' ]*[.,]\\d+|\\d{3,})-$", r"-\\1\\2\\3", text)
    text = re.sub(r"(\\d)(?:[.,][-–—]{1,2}|/-)( |$)", r"\\1\\2", text)  # whole prices such as 450,-
    if unit and re.fullmatch(f"{unit} ?[-–—]|[-–—] ?{unit}", text):
        return "0"
    point, thousands = (",", ".") if name in DECIMAL_COMMAS else (".", ",")
    if re.search(rf"[{thousands}](?:\\d{{1,2}}|\\d{{4,}})(?:[^\\d.,]|$)", text):  # no thousands end so
        point, thousands = thousands, point
    indian = rf"[1-9]\\d?(?:{re.escape(thousands)}\\d\\d)+{re.escape(thousands)}\\d{{3}}"
    whole = rf"(?:[1-9]\\d{{0,2}}(?:[{thousands}' ]\\d{{3}})+|{indian}|\\d+)"
    number = rf"{whole}?(?:[{point}]\\d+)?(?:[eE][-+]?\\d+)?"
    found = re.fullmatch(rf"(?=.*\\d)([-+]?) ?{measure} ?([-+]?{number}) ?{measure}", text)
    return "".join(found.groups()).translate(str.maketrans(point, ".", thousands + "' ")) if found else None


def without_units(table):
    """Texts such as "21 kg" as those of their numbers."""
    def read(column):
        if pd.api.types.is_numeric_dtype(column):
            return column
        texts = column.astype(object)
        digits = column.astype("string").str.fullmatch(r"-?\\d+").fillna(True).astype(bool)
        return texts.where(digits, texts[~digits].map(lambda value: without_unit(value, column.name)))

    return tell_lost(table, table.apply(read))
`,
  as_text: `
def category(value):
    """As text: 3, 3.0 and "3.0" are "3"."""
    value = float(value) if type(value) is int and abs(value) < 2**53 else value
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value).removesuffix(".0")


def as_text(table):
    """Categories as text, whatever their type; missing ones are NaN, as imputers know them."""
    return table.apply(
        lambda column: column.astype(object).map(category, na_action="ignore").where(column.notna(), np.nan)
    )
`,
  date_parts: `
def date_parts(table):
    """Of each date its year, month, day, weekday, hour, and the days since 1970; 9999-12-31 and the like are missing."""
    parts = {}
    for name in table:
        values = table[name]
        date = pd.to_datetime(values, format=DATE_FORMATS.get(name), errors="coerce", utc=True)
        date = date.fillna(pd.to_datetime(values, format="ISO8601", errors="coerce", utc=True))
        date = date.where(date.dt.year.between(${knownYears}))
        tell_lost(table[[name]], date.to_frame(name))
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
  const code = digits ? functions[name].trim().replace(plainValues, valuesInDigits) : functions[name].trim();
  return hasMonthNames(task)
    ? code.replace(readDates, `values = values.map(iso_date, na_action="ignore")\n        ${readDates}`)
    : code;
}

/** Whether dates are written with the names of months: these are read with `re`. */
export function hasMonthNames(task: Task): boolean {
  return datesOf(task).some(({ format }) => format === monthNames);
}

const readDates = 'date = pd.to_datetime(';

const plainValues = 'values = table[name]';
/** Numbers such as 20240131, which are fractions where one is missing. */
const valuesInDigits = `values = table[name].map(
            lambda value: f"{value:.0f}" if isinstance(value, (int, float)) else value, na_action="ignore"
        )`;

/** Defines `DATE_FORMATS`, where there are dates, and `iso_date`, where these have names of months. */
export function dateFormats(task: Task): string {
  const dates = datesOf(task);
  if (dates.length === 0) return '';
  const formats = Object.fromEntries(
    dates.flatMap(({ name, format }) => (format === undefined ? [] : [[name, pandasFormat(format)]])),
  );
  const months = hasMonthNames(task) ? `${isoDateCode}\n\n\n` : '';
  return `DATE_FORMATS = ${pythonLiteral(formats)}  # of dates that are texts, or numbers such as 20240131\n\n\n${months}`;
}

/** Defines `UNITS` and `DECIMAL_COMMAS`, where there are units. */
export function units({ features }: Task): string {
  const measured = features.filter(({ unit }) => unit !== undefined);
  if (measured.length === 0) return '';
  const names = Object.fromEntries(measured.map(({ name, unit = '' }) => [name, unit]));
  const commas = measured.flatMap(({ name, decimal_comma }) => (decimal_comma ? [name] : []));
  return `UNITS = ${pythonLiteral(names)}  # beside numbers, before or after them
DECIMAL_COMMAS = ${pythonLiteral(commas)}  # columns in which 1.299,00 is a number\n\n\n`;
}

function datesOf({ features }: Task): ColumnProfile[] {
  return features.filter(({ semantic }) => semantic === 'datetime');
}
