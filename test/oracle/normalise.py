"""Turns one server's answer into a form in which ids, times and tokens of a run of the test do not show."""
import json
import re
import time
from urllib.parse import unquote

STARTED = time.time() * 1000
HOUR = 3_600_000
HEX_ID = re.compile(r"\b(m-|d-|tr-|s-|iss-)?[0-9a-f]{32}\b")
DASHED_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
RUN_NAME = re.compile(r"[a-z]+-[a-z]+-\d{1,4}")
PYTHON_SET = re.compile(r"\{('[^'{}]*'(?:, '[^'{}]*')*)\}")
PLACE = re.compile(r"(mlflow-artifacts:/)(\d+)\b")
EXPERIMENT = re.compile(r"(\bid=|\bID '?|\bexperiment |')(\d+)\b")
UNORDERED = {"params", "tags", "metrics", "aliases", "model_params", "model_metrics", "registrations", "latest_versions"}
TOKENS = {"next_page_token"}
NAMED_IDS = {"experiment_id", "experiment_ids"}


class Names:
    """The saved values of one server, to be shown by the name they were saved under."""

    def __init__(self, server):
        self.folder = str(server.folder)
        self.port = str(server.port)
        self.long = {}
        self.short = {}
        for name, value in server.known.items():
            if not isinstance(value, str) or value.startswith("absent-"):
                continue
            (self.long if len(value) >= 16 else self.short).setdefault(value, "{" + name + "}")


def experiment(value, names):
    """An experiment's id by the name it was saved under; the default experiment stays 0."""
    return value if value == "0" or not value.isdigit() else names.short.get(value, "<id>")


def text(value, names, key=""):
    """A text of an answer; what is no id, place or set rendering stays as it is."""
    value = value.replace(names.folder, "<folder>").replace(":" + names.port, ":<port>")
    for known, name in names.long.items():
        value = value.replace(known, name)
    value = PLACE.sub(lambda found: found.group(1) + experiment(found.group(2), names), value)
    if key == "message":
        value = EXPERIMENT.sub(lambda found: found.group(1) + names.short.get(found.group(2), found.group(2)), value)
    value = HEX_ID.sub(lambda found: f"<{found.group(1) or ''}id>", value)
    value = DASHED_ID.sub("<id>", value)
    value = PYTHON_SET.sub(lambda found: "{" + ", ".join(sorted(found.group(1).split(", "))) + "}", value)
    value = re.sub(r"\b1[5-9]\d{11}\b", lambda found: "<now>" if is_now(int(found.group())) else found.group(), value)
    return "<generated name>" if RUN_NAME.fullmatch(value) else value


def is_now(number):
    return abs(number - STARTED) < HOUR


def value_of(value, names, key="", ordered=False):
    if isinstance(value, dict):
        return {text(k, names): value_of(v, names, k, ordered) for k, v in sorted(value.items())}
    if isinstance(value, list):
        items = [value_of(item, names, key, ordered) for item in value]
        if key in UNORDERED and not ordered:
            items.sort(key=lambda item: json.dumps(item, sort_keys=True))
        return items
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float) and abs(value) < 2**53 and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return "<now>" if is_now(value) else value
    if isinstance(value, str):
        if key in TOKENS and value:
            return "<token>"
        if key in NAMED_IDS:
            return experiment(value, names)
        return text(value, names, key)
    return value


def is_page(answer):
    """An HTML page or another text made by a web framework: only its status counts."""
    kind = answer.headers.get("content-type", "")
    return answer.status >= 400 and (kind.startswith("text/") or answer.json is None)


def answer_of(answer, server, request):
    """Status, chosen headers and body of an answer in comparable form."""
    names = Names(server)
    shown = {"status": answer.status}
    for name in request.show_headers:
        shown[name] = unquote(text(answer.headers.get(name, "(absent)"), names)).lower()
    body = answer.json
    if is_page(answer):
        shown["body"] = "<page>"
    elif body is not None or answer.data.strip() == b"null":
        shown["body"] = value_of(body, names, ordered=request.ordered)
        if request.by_run and isinstance(shown["body"], dict) and "metrics" in shown["body"]:
            shown["body"]["metrics"].sort(key=lambda metric: metric["run_id"])
    else:
        shown["body"] = text(answer.data.decode("utf-8", "backslashreplace"), names)
    return shown


def loosened(theirs, ours):
    """Both sides without what the two cannot share: pages of a framework, texts of SQLAlchemy."""
    if theirs["status"] >= 400 and theirs["status"] == ours["status"]:
        if theirs["body"] == "<page>" or ours["body"] == "<page>":
            return {**theirs, "body": "<page>"}, {**ours, "body": "<page>"}
        message = theirs["body"].get("message") if isinstance(theirs["body"], dict) else None
        if isinstance(message, str) and ("(sqlite3." in message or "sqlalche.me" in message):
            return tuple({**side, "body": error_code(side["body"])} for side in (theirs, ours))
    return theirs, ours


def error_code(body):
    return body.get("error_code") if isinstance(body, dict) else body


def without_messages(side):
    """For ORACLE_MESSAGES=0: of an error only the status and the error code."""
    if side["status"] < 400:
        return side
    return {**side, "body": error_code(side["body"])}
