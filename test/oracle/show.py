"""Prints what MLflow answers to a family's requests, and ours where it differs.

    python test/oracle/show.py FAMILY [PART_OF_A_NAME]       both servers
    python test/oracle/show.py --mlflow FAMILY ...           MLflow alone, in one line per request
"""
import json
import os
import re
import sys

from compare import problem_of
from normalise import answer_of
from script import ABSENT, PREFIX, families
from servers import Pair


def squeezed(text):
    """The text with long repetitions of one character counted instead of shown."""
    text = re.sub(r"(.)\1{39,}", lambda run: f"{run.group(1)}(x{len(run.group())})", text)
    return text if len(text) <= 2000 else text[:2000] + "..."


def sent(request):
    if request.raw is not None:
        return request.raw if isinstance(request.raw, str) else repr(request.raw)
    return "" if request.body is ABSENT else json.dumps(request.body, ensure_ascii=False, separators=(",", ":"))


def one_line(shown):
    body = shown["body"]
    others = "".join(f" [{key}: {value}]" for key, value in shown.items() if key not in ("status", "body"))
    if isinstance(body, dict) and set(body) >= {"error_code", "message"}:
        return f"{shown['status']}{others} {body['error_code']}: {body['message']}"
    return f"{shown['status']}{others} " + json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def main(arguments):
    alone = "--mlflow" in arguments
    if alone:
        arguments = [argument for argument in arguments if argument != "--mlflow"]
        os.environ["ORACLE_SELF"] = "1"
    if not arguments or arguments[0] not in families():
        sys.exit(f"{__doc__}\nfamilies: {' '.join(families())}")
    part = arguments[1] if len(arguments) > 1 else ""
    pair = Pair()
    try:
        for request in families()[arguments[0]]:
            answers = pair.play(request)
            if part not in request.name:
                continue
            shown = answer_of(answers[0], pair.both[0], request)
            print(f"{request.name}: {request.method} {request.path.removeprefix(PREFIX)} {squeezed(sent(request))}")
            print("   ->", squeezed(one_line(shown)))
            problem = problem_of(request, pair, answers)
            if problem:
                print(problem)
    finally:
        pair.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
