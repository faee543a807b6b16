"""CSV in any of the ways in which it is written: separator, quotes and encoding are found out."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from .alerts import Alerts, listed
from .encodings import encoding_of
from .errors import DataError
from .lost_quotes import tell_lost_quotes
from .mixed import tell_mixed
from .decimal_sign import decimal_sign
from .numbers_in_text import NOT_A_VALUE, as_numbers
from .reading import Source
from .thinning import ROW
from .thousands import read_as_decimals, tell_thousands, thousands_in, without_thousands


def read_csv(path: Path, name: str, start: bytes, alerts: Alerts) -> Source:
    encoding = encoding_of(path, name, start, alerts)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(1 << 16)
    if "\x00" in text:
        raise DataError(f"{name} is neither CSV nor Parquet nor JSON lines. Give a file in one of these formats.")
    # Excel writes the separator into a line of its own.
    told = re.match("\ufeff?sep=(.)(?:\r\n?|\n)", text)
    lines = (text[told.end() :] if told else text).lstrip("\ufeff\r\n")
    above = re.findall("\r\n?|\n", text[: len(text) - len(lines)])
    if not lines:
        raise DataError(f"{name} holds no rows. Give data with a row of names and rows of values.")
    separator, quote = _dialect(lines, told[1] if told else ",;\t|")
    written: dict[str, str | int | bool] = {"sep": separator, "quotechar": quote, "encoding": encoding}
    if told:
        written["skiprows"] = 1
    rows = list(csv.reader(io.StringIO(lines, newline=None), delimiter=separator, quotechar=quote))
    _check_names(rows, name)
    names, widths = rows[0], Counter(len(row) for row in rows[1:100] if row)
    # R leaves out the name of the column of row names; others end each row with a separator, and so with a column of nothing.
    if widths and widths.most_common(1)[0][0] == len(names) + 1:
        ends_empty = all(row[-1] == "" for row in rows[1:100] if len(row) > len(names))
        names = [*names, ""] if ends_empty else ["", *names]
        if ends_empty:
            written["index_col"] = False
    damaged = _Damaged()
    thousands: dict[str, str] = {}
    places = [f"c{place}" for place in range(len(names))]
    try:
        batches = arrow_csv.open_csv(
            path,
            read_options=arrow_csv.ReadOptions(
                column_names=places,
                skip_rows=1 + len(above),
                encoding=encoding,
                block_size=1 << 22,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, quote_char=quote, newlines_in_values=True, invalid_row_handler=damaged.skip
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()), null_values=NOT_A_VALUE, strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            raise DataError(f"{name} holds no rows but the names. Give data with rows of values.") from error
        raise DataError(f"{name} cannot be read as CSV: {str(error).splitlines()[0]}") from error

    def settle(table: pa.Table, alerts: Alerts) -> pa.Table:
        damaged.tell(table.num_rows, name, alerts)
        tell_lost_quotes(table, separator, alerts)
        typed, comma, found = _typed(table, separator, alerts)
        written["decimal"] = "," if comma else "."
        thousands.update(found)
        return typed

    return Source(iter(batches), settle, names, written, thousands)


def _check_names(rows: list[list[str]], name: str) -> None:
    """Raises DataError where a title or a remark stands above the names."""
    first = rows[0]
    if not re.match(r"#\s", first[0]) and (len(first) < 3 or sum(map(bool, first)) > len(first) / 2):
        return
    for place, row in enumerate(rows[1:10], 2):
        there = [cell.strip() for cell in row]
        if len(set(there)) == len(first) and not set(there) & set(NOT_A_VALUE) and all(re.search(r"[^\W\d]", cell) for cell in there) and _has_numbers(rows[place:]):
            raise DataError(
                f"The names of {name} seem to stand in line {place}: {', '.join(there)[:120]}. Leave out what is above them."
            )


def _has_numbers(rows: list[list[str]]) -> bool:
    return any(re.fullmatch(r"[-+]?\d[\d.,]*", cell.strip()) for row in rows[:10] for cell in row)


class _Damaged:
    """Rows with more or fewer values than there are names."""

    def __init__(self) -> None:
        self.count = 0
        self.example = ""

    def skip(self, row: arrow_csv.InvalidRow) -> str:
        if self.count == 0:
            self.example = f"{row.actual_columns} values instead of {row.expected_columns}: {row.text[:80]}"
        self.count += 1
        return "skip"

    def tell(self, whole: int, name: str, alerts: Alerts) -> None:
        if self.count > whole:
            raise DataError(
                f"{name} is no table: most of its rows have another number of values than the first line has names "
                f"({self.example}). Check the separator and the quotes."
            )
        if self.count:
            alerts.add(
                "damaged_rows",
                "medium",
                f"{self.count} rows have more or fewer values than there are columns and were left out (the first has "
                f"{self.example}).",
            )


def _dialect(text: str, separators: str) -> tuple[str, str]:
    """Of these the separator that gives most lines the same number of values, and the quotes around values."""
    lines = text.splitlines(keepends=True)
    sample = "".join(lines[:60] if len(lines) > 60 else lines[:-1] or lines)
    best, separator, quote = (0.0, 0), separators[0], '"'
    for candidate in separators:
        quotes = max('"', "'", key=lambda one: _cells_quoted(sample, candidate, one))
        rows = [row for row in csv.reader(io.StringIO(sample, newline=None), delimiter=candidate, quotechar=quotes) if row]
        if not rows:
            continue
        width, often = Counter(map(len, rows)).most_common(1)[0]
        fits = (often / len(rows), width)
        if width > 1 and fits > best:
            best, separator, quote = fits, candidate, quotes
    return separator, quote


def _cells_quoted(sample: str, separator: str, quote: str) -> int:
    """Cells that begin with it, where as many end: 's-Hertogenbosch begins with an apostrophe."""
    begun = sample.count(separator + quote) + sample.count("\n" + quote)
    ended = sum(sample.count(quote + end) for end in (separator, "\n", "\r"))
    return begun if ended >= begun / 2 else 0


def _typed(table: pa.Table, separator: str, alerts: Alerts) -> tuple[pa.Table, bool, dict[str, str]]:
    """With numbers where these are, whether a comma stands before decimals, and columns with the sign between their thousands."""
    columns = dict(zip(table.column_names, table.columns, strict=True))
    decimal = decimal_sign([texts for name, texts in columns.items() if name != ROW])
    comma = separator == ";" and decimal != "."
    has_commas = decimal == ","
    mixed: dict[str, str] = {}
    thousands: dict[str, str] = {}
    told: list[str] = []
    unclear: list[str] = []
    grave = False
    for name, texts in columns.items():
        if name == ROW:
            continue
        values, lost = as_numbers(texts, comma)
        found = thousands_in(texts, decimal) if values.type in (pa.float64(), pa.string()) else None
        is_number = pa.types.is_floating(values.type)
        # A point in a file with commas is mostly one before decimals.
        if found and found.sure and is_number and (separator != "," or found.sign == "," or found.beside):
            values, lost = as_numbers(without_thousands(texts, found.sign), comma)
            thousands[name] = found.sign
            if not found.told:
                told.append(name)
        elif found and (is_number or found.sign == "." and not found.sure and read_as_decimals(texts)):
            unclear.append(name)
            grave = grave or found.beside
        if is_number and comma and name not in thousands:
            has_commas = has_commas or bool(pc.any(pc.match_substring(texts, ",")).as_py())
        if lost:
            mixed[name] = texts.filter(pc.and_(texts.is_valid(), values.is_null()))[0].as_py()
        columns[name] = values
    tell_mixed(mixed, alerts)
    tell_thousands(told, unclear, grave, alerts)
    return pa.table(columns), has_commas, thousands
