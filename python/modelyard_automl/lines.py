"""The protocol: a JSON object in each line, with the version that it is written in."""

import json
import os

VERSION = 1


class Refused(Exception):
    """Asked in a version that this does not speak."""


def read_message(line: bytes) -> dict:
    message = json.loads(line)
    if message.get("v") != VERSION:
        raise Refused(f"This speaks version {VERSION} of the protocol and was asked in {message.get('v')}.")
    return message


def own_output() -> int:
    """Standard output for the protocol alone: whatever else is printed goes to standard error."""
    number = os.dup(1)
    os.dup2(2, 1)
    return number


def write_message(out: int, event: str, **values) -> None:
    write_all(out, json.dumps({"v": VERSION, "event": event, **values}).encode() + b"\n")


def write_all(out: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(out, left) :]
