"""Runs a query or a script of SQL on DuckDB, or on whatever a function of the pipeline returns: an engine of SQLAlchemy, a
connection as Python's databases have it, an address, or a client of Ploomber's.
"""

import csv
import json
import os
import time

# Seconds.
LONGEST_WAIT = 600


def run_sql(task, client, failure):
    if task.get("duckdb"):
        run_duckdb(task, failure)
        return
    connection = connection_of(client, failure)
    try:
        rows = run(connection.cursor(), task, failure)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.close()
    return rows


def connection_of(client, failure):
    """As Python's databases have it."""
    if isinstance(client, str):
        from sqlalchemy import create_engine

        client = create_engine(client)
    engine = getattr(client, "engine", None)
    if engine is not None:
        client = engine
    if hasattr(client, "raw_connection"):
        return client.raw_connection()
    inner = getattr(client, "connection", None)
    if inner is not None and hasattr(inner, "cursor"):
        client = inner
    if not hasattr(client, "cursor"):
        raise failure(
            f"The client is a {type(client).__name__}; its function should return an address such as sqlite:///my.db, "
            "an engine of SQLAlchemy or a connection to a database."
        )
    return client


def run(cursor, task, failure):
    for statement in task["statements"]:
        cursor.execute(statement)
    if task.get("file"):
        dump(cursor, task["file"], failure)
        return
    check(cursor, task, failure)


def check(cursor, task, failure):
    missing = []
    for relation in task["relations"]:
        try:
            cursor.execute(f"SELECT 1 FROM {relation} WHERE 1 = 0")
            cursor.fetchall()
        except Exception:
            missing.append(relation)
    if missing:
        raise failure(f"It ended without making {', '.join(missing)}. Its text should create {{{{product}}}}.")


def dump(cursor, path, failure):
    if cursor.description is None:
        raise failure("Its last statement answers no rows, and its product is a file of them.")
    columns = [column[0] for column in cursor.description]
    half = f"{path}.half"
    try:
        if path.endswith(".csv"):
            with open(half, "w", newline="", encoding="utf-8") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(columns)
                while rows := cursor.fetchmany(5000):
                    writer.writerows(rows)
        elif path.endswith(".jsonl"):
            with open(half, "w", encoding="utf-8") as out:
                while rows := cursor.fetchmany(5000):
                    out.writelines(json.dumps(dict(zip(columns, row)), default=str) + "\n" for row in rows)
        else:
            import pandas

            pandas.DataFrame.from_records(cursor.fetchall(), columns=columns).to_parquet(half)
        os.replace(half, path)
    finally:
        if os.path.exists(half):
            os.remove(half)


def open_duckdb(path):
    """A file is one process's at a time: another task may have it for as long as it runs."""
    import duckdb

    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return duckdb.connect(path)
        except duckdb.IOException as error:
            if "lock" not in str(error).lower() or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def run_duckdb(task, failure):
    with open_duckdb(task["duckdb"]) as connection:
        statements = task["statements"]
        connection.execute("BEGIN")
        for statement in statements[:-1] if task.get("file") else statements:
            connection.execute(statement)
        if task.get("file"):
            path = task["file"]
            half = f"{path}.half"
            form = "CSV, HEADER" if path.endswith(".csv") else "PARQUET" if path.endswith(".parquet") else "JSON"
            target = half.replace("'", "''")
            connection.execute(f"COPY ({statements[-1]}) TO '{target}' (FORMAT {form})")
            os.replace(half, path)
        else:
            check(connection, task, failure)
        connection.execute("COMMIT")
