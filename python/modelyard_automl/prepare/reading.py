"""A data set from wherever it lies, as an Arrow table with its columns as they came."""

from __future__ import annotations

import gzip
import shlex
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from .alerts import Alerts, listed
from .errors import DataError
from .mixed import MixedColumns
from .same_numbers import kept_apart
from .thinning import FOLD, ROW, WEIGHT, first, thinned
from .totals import without_totals

ARTIFACTS = ("runs:/", "models:/", "mlflow-artifacts:/", "dbfs:/")


@dataclass
class Reading:
    """
    `rows` are those of the data set; the table has fewer where that is more than fits. `csv`: how a CSV file is written, as
    arguments of pandas' `read_csv`; `thousands`: its columns of numbers that have a sign between these, and the sign.
    """

    table: pa.Table
    rows: int
    alerts: Alerts
    csv: dict[str, str | int | bool] | None = None
    thousands: dict[str, str] = field(default_factory=dict)

    @property
    def decimal_comma(self) -> bool:
        """Whether it stands before decimals."""
        return self.csv is not None and self.csv["decimal"] == ","


@dataclass
class Source:
    """Batches of rows, and their types where the source does not know them (`settle`)."""

    batches: Iterator[pa.RecordBatch]
    settle: Callable[[pa.Table, Alerts], pa.Table] | None = None
    names: list[str] | None = None
    csv: dict[str, str | int | bool] | None = None
    thousands: dict[str, str] = field(default_factory=dict)


def read(
    dataset: str,
    query: str | None,
    most_bytes: int,
    seed: int,
    progress: Callable[[str], None],
    most_rows: int | None = None,
    labels: str | None = None,
) -> Reading:
    """
    `most_bytes` is the size in memory above which rows are left out at random; `most_rows`: not more from the start; `labels`:
    the column of classes.

    Raises DataError when it cannot be read or holds nothing.
    """
    alerts = Alerts()
    with tempfile.TemporaryDirectory(prefix="modelyard-data-") as scratch:
        source = open_source(dataset, query, Path(scratch), alerts, progress)
        kept = thinned(first(source.batches, most_rows), most_bytes, seed)
        table = _unique_names(kept.table, source.names, alerts)
        if most_rows is None:
            table = without_totals(table, alerts)
        if source.settle:
            as_read, table = table, source.settle(table, alerts)
            if labels in table.column_names and labels not in source.thousands:
                table = _with_labels(as_read, table, labels, alerts)
        if kept.rows == 0:
            raise DataError(f"{dataset} holds no rows. Give data with a row of names and rows of values.")
    return Reading(table, kept.rows - (kept.table.num_rows - table.num_rows), alerts, source.csv, source.thousands)


def _with_labels(texts: pa.Table, table: pa.Table, name: str, alerts: Alerts) -> pa.Table:
    place = table.column_names.index(name)
    kinds = texts.schema.types[place], table.schema.types[place]
    if not pa.types.is_string(kinds[0]) or not (pa.types.is_floating(kinds[1]) or pa.types.is_integer(kinds[1])):
        return table
    return table.set_column(place, name, kept_apart(name, texts[name], table[name], alerts))


def open_source(
    dataset: str, query: str | None, scratch: Path, alerts: Alerts, progress: Callable[[str], None]
) -> Source:
    from .databases import is_database, read_database

    if is_database(dataset):
        mixed = MixedColumns()
        return Source(read_database(dataset, query, mixed), mixed.settle)
    if query is not None:
        raise DataError(
            "A query needs a database as the data set: sqlite:///file.db, duckdb:///file.duckdb or postgresql://user@host/name."
        )
    if dataset.startswith(ARTIFACTS):
        progress(f"Fetching {dataset}")
        return _open_path(_artifact(dataset, scratch), dataset, scratch, alerts)
    if "://" in dataset and not dataset.startswith("file://"):
        scheme = dataset.split("://")[0]
        raise DataError(
            f"Data cannot be read from {scheme}://. Give a file, a folder of Parquet files, an artifact such as "
            "runs:/ID/data.csv, or with a query sqlite://, duckdb:// or postgresql://."
        )
    return _open_path(Path(dataset.removeprefix("file://")).expanduser(), dataset, scratch, alerts)


def _artifact(uri: str, scratch: Path) -> Path:
    import mlflow

    try:
        return Path(mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=str(scratch)))
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{uri} could not be fetched from {mlflow.get_tracking_uri()}: {reason}") from error


def _open_path(path: Path, name: str, scratch: Path, alerts: Alerts) -> Source:
    if not path.exists():
        raise DataError(f"There is no file {name}. Check the path.{_neighbours(path)}")
    try:
        if path.is_dir():
            return _open_folder(path, name)
        return _open_file(path, name, scratch, alerts)
    except PermissionError as error:
        raise DataError(f"{name} may not be read by this user. Change its permissions or give another file.") from error


def _neighbours(path: Path) -> str:
    from difflib import get_close_matches

    if not path.parent.is_dir():
        return f" There is no folder {path.parent} either."
    near = get_close_matches(path.name, [one.name for one in path.parent.iterdir()], 1)
    return f" Did you mean {shlex.quote(str(path.parent / near[0]))}?" if near else ""


def _open_folder(path: Path, name: str) -> Source:
    files = sorted(one for one in path.rglob("*.parquet") if one.is_file())
    if not files:
        raise DataError(f"The folder {name} has no Parquet files (*.parquet). Give a file, or a folder that has some.")
    import pyarrow.dataset as ds

    try:
        return Source(iter(ds.dataset([str(one) for one in files], format="parquet").to_batches()))
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(f"The Parquet files in {name} cannot be read together: {_first_line(error)}") from error


def _open_file(path: Path, name: str, scratch: Path, alerts: Alerts) -> Source:
    with path.open("rb") as file:
        start = file.read(4096)
    if start[:2] == b"\x1f\x8b":
        path, start = _unpacked(path, name, scratch)
    if not start.strip():
        raise DataError(f"{name} is empty. Give data with a row of names and rows of values.")
    if start[:4] == b"PAR1":
        return Source(_parquet_batches(path, name))
    if start[:4] == b"PK\x03\x04" or start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise DataError(f"{name} is a spreadsheet or a zip archive. Save the table as CSV or Parquet and give that file.")
    if start[:16] == b"SQLite format 3\x00":
        raise DataError(f"{name} is a SQLite database. Give sqlite:///{path} as the data set, with a query.")
    from .csv_files import read_csv
    from .json_files import looks_like_json, read_json

    if looks_like_json(start):
        mixed = MixedColumns()
        return Source(read_json(path, name, mixed), mixed.settle)
    return read_csv(path, name, start, alerts)


def _unpacked(path: Path, name: str, scratch: Path) -> tuple[Path, bytes]:
    import shutil

    target = scratch / "unpacked"
    try:
        with gzip.open(path) as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
    except (OSError, EOFError) as error:
        raise DataError(f"{name} is damaged: it cannot be unpacked ({error}).") from error
    with target.open("rb") as file:
        return target, file.read(4096)


def _parquet_batches(path: Path, name: str) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=1 << 17)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(f"{name} is not a whole Parquet file: {_first_line(error)}") from error


def _unique_names(table: pa.Table, names: list[str] | None, alerts: Alerts) -> pa.Table:
    """As pandas names columns whose name occurs twice or is missing: who reads the same file with it has the same."""
    taken: set[str] = {ROW, FOLD, WEIGHT}
    renamed: list[str] = []
    result: list[str] = []
    if table.num_columns == 0:
        return table
    for place, name in enumerate(names or table.column_names[:-1]):
        base = name or f"Unnamed: {place}"
        unique, number = base, 0
        while unique in taken:
            number += 1
            unique = f"{base}.{number}"
        if number > 0:
            renamed.append(unique)
        taken.add(unique)
        result.append(unique)
    if renamed:
        alerts.add(
            "duplicate_column_names",
            "medium",
            f"Several columns have the same name; the later ones are called {listed(renamed)} here.",
            renamed,
        )
    return table.rename_columns([*result, ROW])


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
