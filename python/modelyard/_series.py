"""Series in time, in PyCaret's words, as the engine takes them: tables with a column of times."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_LOOKED_AT = 400  # times
_STRETCH = 8  # times; of working days so many hold a weekend


@dataclass(frozen=True)
class Series:
    table: Any
    target: str
    time_col: str
    frequency: str


def series_of(data: Any, target: str | None, index: str | None, identity: Sequence[str], frequency: str | None) -> Series:
    """
    ``data`` is a pandas Series or table with times as its index, or a table whose column ``index`` holds them. Raises
    ValueError where target, times or the step between them are not told and do not show.
    """
    if not hasattr(data, "index") or not hasattr(data, "reset_index"):
        raise ValueError(f"data is a pandas Series or DataFrame, not {type(data).__name__}.")
    table = data.to_frame(target or data.name or "y") if not hasattr(data, "columns") else data
    times = getattr(table.index, "to_timestamp", lambda: table.index)()
    if index is None:
        if getattr(times, "dtype", None) is None or times.dtype.kind != "M":
            raise ValueError("Which column holds the times? Name it: index='column'.")
        index = str(table.index.name or "time")
        frequency = frequency or _step(getattr(table.index, "freqstr", None))
        table = table.set_axis(times).rename_axis(index).reset_index()
    others = [name for name in table.columns if name != index and name not in identity]
    if target is None:
        if len(others) != 1:
            raise ValueError(f"Which column is to be forecast? target is one of {', '.join(map(str, others))}.")
        target = str(others[0])
    return Series(table, target, index, frequency or _inferred(table, index, identity))


def horizon_of(fh: Any) -> int:
    """Steps ahead: a number, or a list of which the largest counts. Raises ValueError."""
    steps = max(fh) if hasattr(fh, "__iter__") else fh
    if isinstance(steps, bool) or steps != int(steps) or steps < 1:
        raise ValueError(f"fh is how many steps to forecast, 1 or more; not {fh!r}.")
    return int(steps)


def _inferred(table: Any, index: str, identity: Sequence[str]) -> str:
    import pandas

    first = next(iter(table.groupby(list(identity))))[1] if identity else table
    times = pandas.DatetimeIndex(pandas.to_datetime(first[index])).sort_values().unique()
    times = times[:_LOOKED_AT]
    found = _even_step(times)
    if found is not None:
        return found
    usual = _usual_step(times)
    if usual is None:
        raise ValueError(f"The times of {index!r} are not regular: say the step between them, such as frequency='D'.")
    warnings.warn(
        f"Some times of {index!r} are missing or between the steps: the step is taken as frequency={usual!r}, that of the others.",
        # Said where setup was called.
        stacklevel=4,
    )
    return usual


def _usual_step(times: Any) -> str | None:
    """That of more than half of the stretches of some times: gaps are in few of them."""
    stretches = [times[at : at + _STRETCH] for at in range(0, len(times) - _STRETCH + 1, _STRETCH)]
    found = Counter(map(_even_step, stretches))
    step, count = found.most_common(1)[0] if found else (None, 0)
    return step if 2 * count > len(stretches) else None


def _even_step(times: Any) -> str | None:
    import pandas

    if len(times) < 3:
        return None
    with warnings.catch_warnings():
        # That it is to become an offset.
        warnings.simplefilter("ignore")
        found = pandas.infer_freq(times)
    return _step(getattr(found, "freqstr", found))


def _step(alias: str | None) -> str | None:
    """Without its anchor, which the engine finds."""
    return alias.split("-")[0] if alias else None
