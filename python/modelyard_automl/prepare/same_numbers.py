"""Classes that differ as they are written and are the same number: 3.1 and 3.10, 1E2 and 10E1."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed

# More different values are no classes.
MOST_CLASSES = 1000


def kept_apart(name: str, texts: pa.ChunkedArray, numbers: pa.ChunkedArray, alerts: Alerts) -> pa.ChunkedArray:
    """The `numbers` that these `texts` are; texts where some are the same number, but for 1 and 1.0."""
    plain = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts), r"^\+|[.,]0*$", "")
    if pc.count_distinct(plain).as_py() > MOST_CLASSES:
        return numbers
    read = pa.table({"text": plain, "number": numbers}).group_by(["number", "text"]).aggregate([]).drop_null()
    often = read.group_by("number").aggregate([("text", "count"), ("text", "list")])
    same = often.filter(pc.greater(often["text_count"], 1))
    if same.num_rows == 0:
        return numbers
    found = sorted(text for group in same["text_list"].to_pylist() for text in group)
    alerts.add(
        "same_numbers",
        "high",
        f"These classes are written in several ways that are the same number, and count as different: {listed(found)}. Write what "
        "means the same in one way.",
        [name],
    )
    return pc.if_else(numbers.is_valid(), plain, pa.scalar(None, pa.string()))
