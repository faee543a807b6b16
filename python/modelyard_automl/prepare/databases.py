"""Rows of a query, by databases that are only read."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa

from .errors import DataError
from .mixed import MixedColumns

BATCH = 1 << 15
SCHEMES = r"^(sqlite|duckdb|postgres|postgresql)(?:\+\w+)?://"


def is_database(dataset: str) -> bool:
    return re.match(SCHEMES, dataset) is not None


def read_database(uri: str, query: str | None, mixed: MixedColumns) -> Iterator[pa.RecordBatch]:
    if not (query and query.strip()):
        raise DataError("A database needs a query: give the SQL that selects the rows, such as SELECT * FROM customers.")
    scheme, rest = uri.split("://", 1)
    kind = scheme.split("+")[0]
    if kind.startswith("postgres"):
        return _postgresql(f"postgresql://{rest}", query, mixed)
    # Three slashes and a relative path, four and an absolute one.
    path = Path(re.sub(r"\?.*$", "", rest.removeprefix("/"))).expanduser()
    if not path.is_file():
        raise DataError(f"There is no database {path}. Check the path; an absolute one has four slashes: {kind}:////data/my.db.")
    return _sqlite(path, query, mixed) if kind == "sqlite" else _duckdb(path, query)


def _sqlite(path: Path, query: str, mixed: MixedColumns) -> Iterator[pa.RecordBatch]:
    import sqlite3

    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        connection.set_authorizer(_no_other_file)
        try:
            yield from _fetched(connection.execute(query), mixed)
        finally:
            connection.close()
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _refused(error) from error


def _no_other_file(action: int, *_: object) -> int:
    import sqlite3

    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK


def _duckdb(path: Path, query: str) -> Iterator[pa.RecordBatch]:
    duckdb = _driver("DuckDB", "duckdb", "duckdb")
    try:
        # The query sees this database and no other file.
        opened = duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"})
    except duckdb.Error as error:
        raise DataError(f"{path} cannot be opened as a database of DuckDB: {_reason(error)}") from error
    try:
        with opened as connection:
            result = connection.sql(query)
            if result is None:
                raise _no_rows()
            yield from result.to_arrow_reader(1 << 17)
    except duckdb.Error as error:
        raise _refused(error) from error


def _postgresql(uri: str, query: str, mixed: MixedColumns) -> Iterator[pa.RecordBatch]:
    psycopg = _driver("PostgreSQL", "psycopg", "psycopg[binary]")
    try:
        opened = psycopg.connect(uri, connect_timeout=10)
    except psycopg.Error as error:
        raise DataError(
            f"The database cannot be reached: {_reason(error)}. Check the address, the name of the database, the user and "
            "the password, and that the server runs."
        ) from error
    try:
        with opened as connection:
            connection.read_only = True
            with connection.cursor(name="automl") as cursor:
                yield from _fetched(cursor.execute(query), mixed)
    except psycopg.Error as error:
        raise _refused(error) from error


def _fetched(cursor: Any, mixed: MixedColumns) -> Iterator[pa.RecordBatch]:
    if cursor.description is None:
        raise _no_rows()
    names = [one[0] for one in cursor.description]
    empty = True
    while (rows := cursor.fetchmany(BATCH)) or empty:
        empty = False
        columns = [list(one) for one in zip(*rows, strict=True)] if rows else [[] for _ in names]
        yield mixed.batch(names, columns)


def _no_rows() -> DataError:
    return DataError("The query gives no rows: it must be a SELECT.")


def _driver(database: str, module: str, package: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise DataError(
            f"{database} is read by the Python package {module}, which this environment does not have. Install {package} "
            "into it, or export the rows to a file."
        ) from error


def _refused(error: Exception) -> DataError:
    return DataError(f"The database refused the query: {_reason(error)}")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:400]
