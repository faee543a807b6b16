/** Between the columns of the data and the names by which methods know them. */
import { isoDateCode, monthNames } from '../../notebook/month-names.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { SeriesSetting } from '../series-setting.ts';

/** What `doorCode` imports. */
export function doorImports({ timeFormat }: SeriesSetting): string[] {
  return timeFormat === monthNames ? ['re'] : [];
}

/** Defines `times`, `inside`, `outside` and, of steps with a last day, `as_asked`; takes `names` where columns name the series. */
export function doorCode(setting: SeriesSetting): string {
  return `${timesCode(setting)}\n${hasLastDays(setting) ? `${asAskedCode}\n` : ''}${sidesCode(setting)}`;
}

/** Steps are told by their last day, and may be asked for by any. */
export function hasLastDays({ frequency }: SeriesSetting): boolean {
  return /^[MQY]E/.test(frequency);
}

const asAskedCode = `
def as_asked(column, last_days):
    """The days by which steps were asked for: 2015-02-01 stays, and 2015-02 is the last of its month."""
    days = column.reset_index(drop=True).astype("string").str.extract(r"^(\\d{4}-\\d\\d-\\d\\d)", expand=False)
    return pd.to_datetime(days, format="%Y-%m-%d").astype("datetime64[us]").fillna(last_days)
`;

/** A day begins where it was written, and not in Greenwich. */
function timesCode(setting: SeriesSetting): string {
  const { pace, timeFormat } = setting;
  const plain = 'column.astype("string")';
  const written =
    pace === 'sub-daily'
      ? plain
      : `${plain}.str.replace(r"(:\\d{2}(?:\\.\\d+)?)(?:Z|[-+]\\d{2}(?::?\\d{2})?)$", r"\\1", regex=True)`;
  // 2005.5 would be May.
  const standard =
    timeFormat === decimalYears ? 'texts.mask(texts.str.fullmatch(r"\\d{4}\\.\\d+").fillna(False))' : 'texts';
  const asInData =
    timeFormat === undefined
      ? ''
      : `
    read = read.fillna(${asInDataCode(timeFormat)})  # as the data has them`;
  const lastDay = hasLastDays(setting)
    ? `
    read = read + 0 * pd.tseries.frequencies.to_offset(FREQUENCY)  # the last day of such a step`
    : '';
  return `${timeFormat === monthNames ? `\n${isoDateCode}\n\n` : ''}
def times(column):
    """Datetimes, dates, or texts such as "2024-03-01", as datetimes without a zone${pace === 'sub-daily' ? ': UTC' : ''}."""
    texts = ${written}
    read = pd.to_datetime(${standard}, format="ISO8601", errors="coerce", utc=True).dt.tz_localize(None)${asInData}
    if read.isna().any():
        wrong = str(column[read.isna()].iloc[0])
        raise ValueError(f"{TIME!r} holds {wrong!r}, which is no time. Write times like 2024-03-01 or 2024-03-01T12:00.")${lastDay}
    return read.astype("datetime64[us]")
`;
}

const decimalYears = 'decimal years';

/** Reads `texts`; the formats are those of `prepare/time_steps.py`. */
function asInDataCode(format: string): string {
  const iso = '"ISO8601", errors="coerce"';
  if (format === monthNames) return `pd.to_datetime(texts.map(iso_date, na_action="ignore"), format=${iso})`;
  if (format === 'quarters') {
    const firstMonth = 'lambda found: f"{found[1]}-{3 * int(found[2]) - 2:02}"';
    return `pd.to_datetime(texts.str.replace(r"^(\\d{4})[- ]?Q([1-4])$", ${firstMonth}, regex=True), format=${iso})`;
  }
  if (format === 'month numbers') {
    return `pd.to_datetime(texts.str.replace(r"^(\\d{4})[- ]?M(\\d{1,2})$", r"\\1-\\2", regex=True), format="%Y-%m", errors="coerce")`;
  }
  const [, written, first] = /^(.*%y.*) from (\d{4})$/.exec(format) ?? [];
  if (written !== undefined) {
    const inCentury = `lambda time: time + pd.DateOffset(years=${first} + (time.year - ${first}) % 100 - time.year)`;
    const read = `pd.to_datetime(texts, format=${pythonLiteral(written)}, errors="coerce")`;
    return `pd.to_datetime(${read}.map(${inCentury}, na_action="ignore"))`;
  }
  if (format === decimalYears) {
    const month = 'lambda twelfth: f"{int(twelfth) // 12}-{int(twelfth) % 12 + 1:02}"';
    const twelfths = '(pd.to_numeric(texts, errors="coerce").astype("Float64") * 12).round()';
    return `pd.to_datetime(${twelfths}.map(${month}, na_action="ignore"), format=${iso})`;
  }
  if (['s', 'ms', 'us'].includes(format)) {
    return `pd.to_datetime(pd.to_numeric(texts, errors="coerce"), unit="${format}", errors="coerce")`;
  }
  if (format === 'mixed') {
    // A year of four digits: 10/11 would be a guess.
    return String.raw`pd.to_datetime(texts.where(texts.str.contains(r"\d{4}").fillna(False)).str.replace(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})", r"\3-\2-\1", regex=True), format="mixed", errors="coerce", utc=True).dt.tz_localize(None)`;
  }
  // 2009 may come as 2009.0.
  const digits = /^(?:%[Ymd])+$/.test(format) ? 'texts.str.removesuffix(".0")' : 'texts';
  return `pd.to_datetime(${digits}, format=${pythonLiteral(format)}, errors="coerce")`;
}

function sidesCode({ identity }: SeriesSetting): string {
  if (identity.length === 0) {
    return `
def inside(rows):
    """Columns of the data by the names that methods know: series and ds."""
    return rows.rename(columns={TIME: "ds"}).assign(ds=times(rows[TIME]), series=TARGET)


def outside(rows):
    """The same the other way round."""
    return rows.drop(columns="series").rename(columns={"ds": TIME})
`;
  }
  return `
def inside(rows):
    """Columns of the data by the names that methods know: series and ds."""
    series = [" | ".join(names) for names in rows[IDENTITY].astype(str).to_numpy()]
    return rows.rename(columns={TIME: "ds"}).assign(ds=times(rows[TIME]), series=series)


def outside(rows):
    """The same the other way round."""
    named = names.loc[rows["series"]].reset_index(drop=True)
    others = rows.drop(columns="series").rename(columns={"ds": TIME}).reset_index(drop=True)
    return pd.concat([named, others], axis=1)
`;
}
