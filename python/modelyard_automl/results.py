"""Values of a notebook's variables as JSON."""

import json
import math

DEEPEST = 20


def results_json(names: list[str], namespace: dict) -> str:
    """An object of those that are there."""
    return json.dumps({name: plain(namespace[name]) for name in names if name in namespace}, allow_nan=False)


def plain(value, depth: int = 0):
    """What JSON has words for: NaN and the infinities are null, arrays are lists, keys are text, all else is its text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if depth == DEEPEST:
        return str(value)
    if isinstance(value, dict):
        return {str(plain(key)): plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one, depth + 1) for one in value]
    # Arrays, series, and the numbers in them.
    for method in ("tolist", "item"):
        if callable(getattr(value, method, None)):
            return plain(getattr(value, method)(), depth + 1)
    return str(value)
