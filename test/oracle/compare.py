"""One request's two answers: equal, an accepted difference, or a text that says what is wrong."""
import difflib
import json
import os

from accepted_differences import accepted_for
from normalise import answer_of, loosened, without_messages

LONGEST = 300


def short(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"


def lines(side):
    return [short(line) for line in json.dumps(side, indent=1, ensure_ascii=False, sort_keys=True).splitlines()]


def described(request, server):
    path, data, _ = request.filled(server.known)
    shown = "" if data is None else data.decode("utf-8", "backslashreplace")
    return f"{request.id}\n{request.method} {short(path)}\n{short(shown)}"


def problem_of(request, pair, answers):
    """None where the two servers agree as they should."""
    theirs, ours = (answer_of(answer, server, request) for answer, server in zip(answers, pair.both))
    head = described(request, pair.both[0])
    entry = accepted_for(request)
    if entry is None and request.wrong is not None and (theirs["status"] >= 400) != request.wrong:
        return f"{head}\nthe corpus calls this {'wrong' if request.wrong else 'right'}, MLflow answers:\n" \
            + "\n".join(lines(theirs))
    left, right = loosened(theirs, ours)
    if os.environ.get("ORACLE_MESSAGES") == "0":
        left, right = without_messages(left), without_messages(right)
    if entry is not None and not pair.self_check:
        if left == right:
            return f"{head}\nlisted as an accepted difference, but both answer:\n" + "\n".join(lines(theirs))
        problem = entry.problem(ours)
        return problem and f"{head}\n{problem}\nours answers:\n" + "\n".join(lines(ours))
    if left == right:
        return None
    return f"{head}\n" + "\n".join(difflib.unified_diff(lines(left), lines(right), "mlflow", "ours", lineterm="", n=20))
