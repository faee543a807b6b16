"""An optimiser that is asked for hyperparameters and told what came of them."""

import json
import os
import random
import sys

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import FrozenTrial, Trial, TrialState

from .lines import Refused, own_output, read_message, write_message

ESTIMATOR = "estimator"


class Searcher:
    """Proposes an estimator and values for its hyperparameters; those of others are not looked at."""

    def __init__(self, space: dict, greater_is_better: bool, seed: int):
        self.space = {name: {key: distribution(one) for key, one in ranges.items()} for name, ranges in space.items()}
        self.benched: set[str] = set()
        self.waiting: dict[str, list[Trial]] = {}
        self.random = random.Random(seed)
        # Trials that run count as bad ones, so that those side by side are not alike.
        sampler = optuna.samplers.TPESampler(multivariate=True, group=True, constant_liar=True, seed=seed)
        direction = "maximize" if greater_is_better else "minimize"
        self.study = optuna.create_study(direction=direction, sampler=sampler)

    def ask(self) -> dict | None:
        left = [name for name in self.space if name not in self.benched]
        if not left:
            return None
        trial = self.study.ask()
        if self.choose(trial) in self.benched:
            self.study.tell(trial, state=TrialState.FAIL)
            self.study.enqueue_trial({ESTIMATOR: self.random.choice(left)})
            trial = self.study.ask()
        estimator = self.choose(trial)
        ranges = self.space[estimator]
        params = {key: suggest(trial, f"{estimator}.{key}", one) for key, one in ranges.items()}
        proposal = {"estimator": estimator, "params": params}
        self.waiting.setdefault(key_of(proposal), []).append(trial)
        return proposal

    def choose(self, trial: Trial) -> str:
        return trial.suggest_categorical(ESTIMATOR, list(self.space))

    def tell(self, proposal: dict, value: float | None) -> None:
        trials = self.waiting.get(key_of(proposal))
        # One that was pruned is taken for worse than all that have a value; one that failed would be tried again.
        state = TrialState.COMPLETE if value is not None else TrialState.PRUNED
        if trials:
            self.study.tell(trials.pop(), value, state=state)
        elif (trial := self.trial_of(proposal, value, state)) is not None:
            self.study.add_trial(trial)

    def trial_of(self, proposal: dict, value: float | None, state: TrialState) -> FrozenTrial | None:
        """None: it lies outside of what is searched."""
        estimator, given = proposal["estimator"], proposal["params"]
        ranges = self.space.get(estimator)
        if ranges is None or any(key not in given or not contains(one, given[key]) for key, one in ranges.items()):
            return None
        params = {ESTIMATOR: estimator, **{f"{estimator}.{key}": given[key] for key in ranges}}
        chosen = CategoricalDistribution(list(self.space))
        distributions = {ESTIMATOR: chosen, **{f"{estimator}.{key}": one for key, one in ranges.items()}}
        return optuna.trial.create_trial(state=state, value=value, params=params, distributions=distributions)


def distribution(given: dict) -> BaseDistribution:
    if given["type"] == "choice":
        return CategoricalDistribution(given["of"])
    kind = IntDistribution if given["type"] == "int" else FloatDistribution
    return kind(given["low"], given["high"], log=given.get("log", False))


def suggest(trial: Trial, name: str, given: BaseDistribution):
    if isinstance(given, CategoricalDistribution):
        return trial.suggest_categorical(name, given.choices)
    method = trial.suggest_int if isinstance(given, IntDistribution) else trial.suggest_float
    return method(name, given.low, given.high, log=given.log)


def contains(given: BaseDistribution, value) -> bool:
    if isinstance(given, CategoricalDistribution):
        return value in given.choices
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    is_kind = is_number and (isinstance(given, FloatDistribution) or value == int(value))
    return is_kind and given.low <= value <= given.high


def key_of(proposal: dict) -> str:
    return json.dumps([proposal["estimator"], sorted(proposal["params"].items())])


def main() -> None:
    out = own_output()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    searcher = None
    for line in sys.stdin.buffer:
        try:
            request = read_message(line)
        except Refused as refused:
            write_message(out, "refused", message=str(refused))
            os._exit(2)
        op, answer = request["op"], None
        try:
            if op == "start":
                searcher = Searcher(request["space"], request["greater_is_better"], request["seed"])
            elif op == "ask":
                answer = searcher.ask()
            elif op == "tell":
                searcher.tell(request["proposal"], request["value"])
            elif op == "bench":
                searcher.benched.add(request["estimator"])
            write_message(out, "answer", id=request["id"], answer=answer)
        except Exception as error:
            write_message(out, "error", id=request["id"], message=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
