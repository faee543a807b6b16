"""Values of JSON and of databases, which may be of several types in one column."""

from __future__ import annotations

import decimal
import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed
from .numbers_in_text import as_numbers

NUMBERS = {int, float, decimal.Decimal}
NESTED = {list, dict}


class MixedColumns:
    """Makes columns of values, and tells at the end of which ones the values had no type in common."""

    def __init__(self) -> None:
        self.types: dict[int, set[type]] = {}

    def batch(self, names: list[str], columns: list[list[Any]]) -> pa.RecordBatch:
        return pa.RecordBatch.from_arrays([self._column(*one) for one in enumerate(columns)], names=names)

    def _column(self, place: int, values: list[Any]) -> pa.Array:
        types = {type(one) for one in values if one is not None}
        known = self.types.setdefault(place, set())
        known |= types
        if types and types <= NUMBERS:
            # Whole numbers beyond 64 bits are numbers all the same.
            if types == {int} and all(one is None or -(2**63) <= one < 2**63 for one in values):
                return pa.array(values, pa.int64())
            return pa.array([None if one is None else float(one) for one in values], pa.float64())
        if types and types <= NESTED:
            return _nested(values)
        if len(types) <= 1:
            try:
                return pa.array(values)
            except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
                pass
        return pa.array([None if one is None else str(one) for one in values], pa.string())

    def settle(self, table: pa.Table, alerts: Alerts) -> pa.Table:
        """Numbers where nearly all are numbers, else text; both are told."""
        numbers: dict[str, str] = {}
        texts = []
        for place, types in self.types.items():
            if len(types) < 2 or types <= NUMBERS or types <= NESTED:
                continue
            name = table.column_names[place]
            column = table.column(place)
            values, _ = as_numbers(column, False) if pa.types.is_string(column.type) else (column, False)
            if pa.types.is_string(values.type):
                texts.append(name)
            else:
                numbers[name] = column.filter(pc.and_(column.is_valid(), values.is_null()))[0].as_py()
                table = table.set_column(place, name, values)
        tell_mixed(numbers, alerts)
        if texts:
            alerts.add("mixed_types_as_text", "medium", f"Values of several types, all taken as text: {listed(texts)}.", texts)
        return table


def _nested(values: list[Any]) -> pa.Array:
    """Lists of numbers as such; all else as bytes, so that it has the same type in every batch."""
    there = [one for one in values if one is not None]
    if all(isinstance(one, list) for one in there):
        kinds = {type(number) for one in there for number in one}
        if kinds <= {*NUMBERS, type(None)}:
            lists = [None if one is None else [None if x is None else float(x) for x in one] for one in values]
            return pa.array(lists, pa.list_(pa.float64()))
    texts = [None if one is None else json.dumps(one, default=str).encode() for one in values]
    return pa.array(texts, pa.binary())


def tell_mixed(numbers: dict[str, str], alerts: Alerts) -> None:
    """`numbers`: columns, and of each a value that is none."""
    if numbers:
        alerts.add(
            "mixed_types",
            "medium",
            "Nearly all values of these are numbers; the others were taken for missing: "
            f"{listed(list(numbers), describe=lambda name: f'{name!r} (such as {numbers[name]!r})')}.",
            list(numbers),
        )
