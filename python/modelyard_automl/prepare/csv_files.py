"""CSV in any of the ways in which it is written: separator, quotes and encoding are found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from .alerts import Alerts, listed
from .errors import DataError
from .mixed import tell_mixed
from .decimal_sign import are_thousands, decimal_sign, has_below, sign_of_thousands, without_thousands
from .numbers_in_text import NOT_A_VALUE, as_numbers
from .reading import Source
from .thinning import ROW


def read_csv(path: Path, name: str, start: bytes, alerts: Alerts) -> Source:
    encoding = _encoding(path, start)
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
        typed, comma = _typed(table, separator, alerts)
        written["decimal"] = "," if comma else "."
        return typed

    return Source(iter(batches), settle, names, written)


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


def _encoding(path: Path, start: bytes) -> str:
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while piece := file.read(1 << 22):
                    decoder.decode(piece)
                decoder.decode(b"", True)
            return encoding
        except UnicodeDecodeError:
            continue
    return "latin-1"


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


def _typed(table: pa.Table, separator: str, alerts: Alerts) -> tuple[pa.Table, bool]:
    """With numbers where these are, and whether a comma stands before decimals."""
    columns = dict(zip(table.column_names, table.columns, strict=True))
    decimal = decimal_sign([texts for name, texts in columns.items() if name != ROW])
    comma = separator == ";" and decimal != "."
    has_commas = decimal == ","
    mixed: dict[str, str] = {}
    thousands: list[str] = []
    unclear: list[str] = []
    grave = False
    for name, texts in columns.items():
        if name == ROW:
            continue
        sign = sign_of_thousands(texts)
        # A point in a file with commas is mostly one before decimals.
        if sign and are_thousands(texts, sign, decimal) and (separator != "," or sign == "," or has_below(texts)):
            columns[name], lost = as_numbers(without_thousands(texts, sign), comma)
            thousands.append(name)
        else:
            columns[name], lost = as_numbers(texts, comma)
            is_decimal = pa.types.is_floating(columns[name].type)
            has_commas = has_commas or comma and is_decimal and bool(pc.any(pc.match_substring(texts, ",")).as_py())
            if sign and is_decimal and sign != decimal:
                unclear.append(name)
                grave = grave or has_below(texts)
        if lost:
            mixed[name] = texts.filter(pc.and_(texts.is_valid(), columns[name].is_null()))[0].as_py()
    tell_mixed(mixed, alerts)
    _tell_thousands(thousands, unclear, grave, alerts)
    return pa.table(columns), has_commas


def _tell_thousands(read: list[str], unclear: list[str], grave: bool, alerts: Alerts) -> None:
    if read:
        alerts.add(
            "thousands",
            "medium",
            f"In {listed(read)} 1.234 was read as 1234: other numbers have another sign before their decimals, or some have millions.",
            read,
        )
    if unclear:
        alerts.add(
            "maybe_thousands",
            "high" if grave else "low",
            f"In {listed(unclear)} each value with a sign has three digits after it: 1.234 was read as a decimal. Where it means a "
            "thousand, write 1234.",
            unclear,
        )
