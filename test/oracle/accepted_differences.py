"""Where ours is meant to answer otherwise than MLflow 3.17.2. Each entry says what ours has to answer.

An entry whose requests no longer differ, or that names no request, fails the test: the list stays true.
"""
import fnmatch
from dataclasses import dataclass


@dataclass
class Accepted:
    names: str  # the request's id, "family: name"; * and ? as in a shell
    reason: str
    status: int
    error_code: str = ""  # of our error body, where we answer with an error
    body: object = None  # of our answer in normalised form, where we answer without one

    def covers(self, request):
        return fnmatch.fnmatchcase(request.id, self.names)

    def problem(self, ours):
        """Why our normalised answer is not what this entry says, or None."""
        if ours["status"] != self.status:
            return f"ours has to answer {self.status}: {self.reason}"
        body = ours["body"]
        if self.error_code and not (isinstance(body, dict) and body.get("error_code") == self.error_code
                                    and body.get("message")):
            return f"ours has to answer error_code {self.error_code} with a message: {self.reason}"
        if self.body is not None and body != self.body:
            return f"ours has to answer {self.body}: {self.reason}"
        return None


ACCEPTED = [
]


def accepted_for(request):
    for entry in ACCEPTED:
        if entry.covers(request):
            return entry
    return None
