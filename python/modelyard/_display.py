"""Shows tables and pictures where somebody looks: in a notebook."""

from __future__ import annotations

from typing import Any


def display_table(frame: Any) -> None:
    if _in_notebook():
        from IPython.display import display

        display(frame)


def display_picture(file: str) -> None:
    if _in_notebook():
        from IPython.display import Image, display

        display(Image(filename=file))


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()
    return shell is not None and "IPKernelApp" in getattr(shell, "config", {})
