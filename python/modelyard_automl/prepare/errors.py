"""What is wrong with the data or with what was asked, in a sentence for the person who asked."""

from collections.abc import Iterable
from difflib import get_close_matches


class DataError(Exception):
    """The message is one or two sentences: what is wrong, and what to do."""


def near_names(name: str, known: Iterable[str]) -> str:
    """A hint to what may have been meant, with a space before it: the nearest names, else the first."""
    names = list(known)
    by_lower = {one.lower(): one for one in reversed(names)}
    near = [by_lower[one] for one in get_close_matches(name.lower(), list(by_lower), 3, 0.6)]
    if near:
        return f" Did you mean {' or '.join(map(repr, near))}?"
    more = ", …" if len(names) > 12 else ""
    return f" There are: {', '.join(names[:12])}{more}."
