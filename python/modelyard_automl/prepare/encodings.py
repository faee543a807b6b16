"""In which encoding a file of text is written, where it does not say so."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .alerts import Alerts
from .errors import DataError

# Files of Windows in languages whose letters are all beyond ASCII.
NOT_LATIN = ["cp932", "gb18030", "big5", "cp949", "cp1251", "cp1253", "cp1255", "cp1256"]
# In these most bytes beyond ASCII stand beside two more, or are what no letter, quote or dash of western Europe is.
BESIDE, ODD = 0.6, 0.2
RUN, ODD_BYTE = rb"[\x80-\xff]{3,}", rb"[\x81-\x84\x86-\x90\x98\x9b-\x9f]"
# Letters that are rarely meant in a file that seems to be of western Europe.
DOUBTFUL = r"[\u0080-\u009f]|[þðýÞÐÝŸ³¹¿¼½¾]|[£¥¯¦±¬][^\W\d]|[^\x00-\x7f’“”–…€]{3}|\w[^\w\s\x00-\x7f’]\w"
SAMPLE = 1 << 16


def encoding_of(path: Path, name: str, start: bytes, alerts: Alerts) -> str:
    """
    As Python calls it: UTF-8, or what is guessed, and told.

    Raises DataError when one line is not UTF-8 where others are.
    """
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if _fits(path, "utf-8"):
        return "utf-8"
    sample = _other_lines(path, name)
    encoding = next(one for one in (_guess(sample), "cp1252", "latin-1") if one == "latin-1" or _fits(path, one))
    text = sample.decode(encoding, errors="replace")
    example = next(iter(re.findall(r"\w*[^\x00-\x7f][^\s,;\t|\"]*", text)), "")[:40]
    doubtful = encoding != "cp1252" or re.search(DOUBTFUL, text)
    alerts.add(
        "guessed_encoding",
        "medium" if doubtful else "low",
        f"{name} is not UTF-8: it was read as {encoding}, in which it has {example!r}. If these letters are wrong, save it as UTF-8.",
    )
    return encoding


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 22):
                decoder.decode(piece)
            decoder.decode(b"", True)
        return True
    except UnicodeDecodeError:
        return False


def _other_lines(path: Path, name: str) -> bytes:
    """Some of those that are not UTF-8."""
    whole, others, first = 0, 0, 0
    sample = b""
    with path.open("rb") as file:
        for place, line in enumerate(_lines(file), 1):
            if line.isascii():
                continue
            try:
                line.decode()
                whole += 1
            except UnicodeDecodeError:
                others += 1
                first = first or place
                sample += line[: SAMPLE - len(sample)]
    if whole >= others:
        raise DataError(
            f"Line {first} of {name} is not UTF-8, as {'the others are' if others == 1 else f'{whole} others are'}. "
            "Save the whole file as UTF-8."
        )
    return sample


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Whether they end with a line feed, a carriage return or both."""
    rest = b""
    while piece := file.read(1 << 20):
        *whole, rest = (rest + piece).splitlines(keepends=True)
        yield from whole
    yield rest


def _guess(sample: bytes) -> str:
    words = re.findall(rb"[^\s,;|\"]*[\x80-\xff][^\s,;|\"]*", sample)
    beyond = len(re.findall(rb"[\x80-\xff]", sample))
    beside = sum(map(len, re.findall(RUN, sample)))
    if beside > BESIDE * beyond or len(re.findall(ODD_BYTE, sample)) > ODD * beyond:
        from charset_normalizer import from_bytes

        found = from_bytes(b" ".join(words), cp_isolation=NOT_LATIN).best()
        if found is not None:
            return found.encoding
    return "cp1252"
