/** Dates with the name of a month, as `prepare/month_names.py` reads them. */

/** The format of such a column in its profile. */
export const monthNames = 'month names';

/** The format by which pandas reads what a column of this one is made into. */
export function pandasFormat(format: string): string {
  return format === monthNames ? 'ISO8601' : format;
}

/** Defines `iso_date`; imports `re`. */
export const isoDateCode = `
# How the names of the months begin: English, German, French, Spanish, Italian.
MONTHS = [
    "jan|jän|ene|gen", "feb|fév|fev", "mar|mär|mae|mrz", "apr|avr|abr", "may|mai|mag", "jun|juin|giu",
    "jul|juil|lug", "aug|aoû|aou|ago", "sep|set", "oct|okt|ott", "nov", "dec|déc|dez|dic",
]


def iso_date(value):
    """The texts "3. Juli 2022" and "July 3, 2022" as "2022-07-03"; what is no such text stays."""
    name, day = "([a-zA-ZäéûÄÉÛ]{3,})[.]?", "([0-9]{1,2})(?:st|nd|rd|th|er|[.º°])?"
    of, clock = "(?:,? |-)(?:of |de |del )?", "(?:,?[ T]([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?"
    text = " ".join(value.split()) if isinstance(value, str) else ""
    found = re.fullmatch(f"(?:{day}{of}{name}|{name}{of}{day}){of}([0-9]{{4}}){clock}", text)
    if not found:
        return value
    day, name, other, later, year, clock = found.groups()
    name = (name or other).lower()
    month = next((place for place, begin in enumerate(MONTHS, 1) if re.match(begin, name)), 0)
    return f"{year}-{month:02}-{int(day or later):02}" + (f"T{clock.zfill(8 if clock.count(':') == 2 else 5)}" if clock else "")
`.trim();
