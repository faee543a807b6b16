"""The form of a corpus file: one Script per family, one Request per line.

    s = Script("experiments")
    s.ok("create", "POST experiments/create", {"name": "a"}, save={"exp": "experiment_id"})
    s.bad("create without a name", "POST experiments/create", {})

`ok` is a request that has to be answered below 400, `bad` is a wrong one (400 and more).
`see` is looked at without either promise. A path without a leading slash is meant below /api/2.0/mlflow/.
`${exp}` in a path, query, header or body is replaced by the value saved from an earlier answer.
"""
import importlib
import json
import pathlib
import re
from dataclasses import dataclass, field

PREFIX = "/api/2.0/mlflow/"
HOLE = re.compile(r"\$\{(\w+)\}")
ABSENT = object()


@dataclass
class Request:
    family: str
    name: str
    method: str
    path: str
    body: object = ABSENT
    raw: object = None
    content_type: object = "application/json"
    headers: dict = field(default_factory=dict)
    save: dict = field(default_factory=dict)
    wrong: object = None
    ordered: bool = False  # the order of metrics in the answer counts
    by_run: bool = False  # but the order of the runs does not: their ids are random
    show_headers: tuple = ()

    @property
    def id(self):
        return f"{self.family}: {self.name}"

    def filled(self, known):
        """Path, data and headers with every ${name} replaced by what this server answered earlier."""
        def fill(text):
            return HOLE.sub(lambda hole: str(known.get(hole.group(1), f"missing-{hole.group(1)}")), text)
        data = None
        if self.raw is not None:
            data = self.raw if isinstance(self.raw, bytes) else fill(self.raw).encode()
        elif self.body is not ABSENT:
            data = fill(json.dumps(self.body)).encode()
        headers = {key: fill(value) for key, value in self.headers.items()}
        if data is not None and self.content_type:
            headers.setdefault("Content-Type", self.content_type)
        return fill(self.path), data, headers


class Script:
    def __init__(self, family):
        self.family = family
        self.requests = []
        self._names = set()

    def _add(self, name, line, body=ABSENT, **more):
        if name in self._names:
            raise ValueError(f"{self.family}: two requests named {name!r}")
        self._names.add(name)
        method, path = line.split(" ", 1)
        if not path.startswith("/"):
            path = PREFIX + path
        self.requests.append(Request(self.family, name, method, path, body, **more))

    def ok(self, name, line, body=ABSENT, **more):
        self._add(name, line, body, wrong=False, **more)

    def bad(self, name, line, body=ABSENT, **more):
        self._add(name, line, body, wrong=True, **more)

    def see(self, name, line, body=ABSENT, **more):
        self._add(name, line, body, **more)


ORDER = [
    "experiments", "runs", "metrics", "params_tags", "log_batch", "inputs_outputs", "search_runs",
    "search_experiments", "registered_models", "model_versions", "stages_aliases", "search_registry",
    "logged_models", "search_logged_models", "artifacts", "wire", "client_forms", "later",
]


def families():
    """Every corpus file's script, in the order above (files not named there come last)."""
    folder = pathlib.Path(__file__).parent / "corpus"
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    names.sort(key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    scripts = {}
    for name in names:
        script = importlib.import_module(f"corpus.{name}").s
        if script.family != name:
            raise ValueError(f"corpus/{name}.py calls itself {script.family}")
        scripts[name] = script.requests
    return scripts
