"""An optimiser that is asked for hyperparameters and told what came of them."""

import json
import math
import os
import random
import sys

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import FrozenTrial, Trial, TrialState

from .lines import Refused, own_output, read_message, write_message

ESTIMATOR = "estimator"
# Times that the optimiser is asked for something new, and that it is drawn for after that.
ASKED, DRAWN = 5, 500


class Searcher:
    """Proposes an estimator and values for its hyperparameters; those of others are not looked at."""

    def __init__(self, space: dict, greater_is_better: bool, seed: int, known: list[dict]):
        self.space = {name: {key: distribution(one) for key, one in ranges.items()} for name, ranges in space.items()}
        self.benched: set[str] = set()
        self.waiting: dict[str, list[Trial]] = {}
        self.seen = {self.key_of(proposal) for proposal in known}
        self.random = random.Random(seed)
        # Trials that run count as bad ones, so that those side by side are not alike.
        sampler = optuna.samplers.TPESampler(multivariate=True, group=True, constant_liar=True, seed=seed)
        direction = "maximize" if greater_is_better else "minimize"
        self.study = optuna.create_study(direction=direction, sampler=sampler)

    def ask(self) -> dict | None:
        """Something new; None: there is nothing left."""
        left = [name for name in self.space if name not in self.benched]
        if not left:
            return None
        for _ in range(ASKED):
            if (proposal := self.propose(left)) is not None:
                return proposal
        # What it likes best it has proposed already.
        for _ in range(DRAWN):
            estimator = self.random.choice(left)
            drawn = {key: draw(self.random, one) for key, one in self.space[estimator].items()}
            if self.key_of({"estimator": estimator, "params": drawn}) not in self.seen:
                self.study.enqueue_trial({ESTIMATOR: estimator, **{f"{estimator}.{key}": one for key, one in drawn.items()}})
                return self.propose(left)
        return None

    def propose(self, left: list[str]) -> dict | None:
        """None: it was proposed or told of before."""
        trial = self.study.ask()
        if self.choose(trial) in self.benched:
            self.study.tell(trial, state=TrialState.FAIL)
            self.study.enqueue_trial({ESTIMATOR: self.random.choice(left)})
            trial = self.study.ask()
        estimator = self.choose(trial)
        ranges = self.space[estimator]
        params = {key: suggest(trial, f"{estimator}.{key}", one) for key, one in ranges.items()}
        proposal = {"estimator": estimator, "params": params}
        key = self.key_of(proposal)
        if key in self.seen:
            self.study.tell(trial, state=TrialState.FAIL)
            return None
        self.seen.add(key)
        self.waiting.setdefault(key, []).append(trial)
        return proposal

    def choose(self, trial: Trial) -> str:
        return trial.suggest_categorical(ESTIMATOR, list(self.space))

    def tell(self, proposal: dict, value: float | None) -> None:
        key = self.key_of(proposal)
        self.seen.add(key)
        trials = self.waiting.get(key)
        # One that was pruned is taken for worse than all that have a value; one that failed would be tried again.
        state = TrialState.COMPLETE if value is not None else TrialState.PRUNED
        if trials:
            self.study.tell(trials.pop(), value, state=state)
        elif (trial := self.trial_of(proposal, value, state)) is not None:
            self.study.add_trial(trial)

    def key_of(self, proposal: dict) -> str:
        """The same for the same values of what is searched."""
        estimator, params = proposal["estimator"], proposal["params"]
        ranges = self.space.get(estimator, params)
        values = {key: params.get(key) for key in ranges}
        return json.dumps([estimator, {key: float(one) if is_number(one) else one for key, one in values.items()}], sort_keys=True)

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


def draw(chance: random.Random, given: BaseDistribution):
    if isinstance(given, CategoricalDistribution):
        return chance.choice(given.choices)
    is_int = isinstance(given, IntDistribution)
    if given.log:
        drawn = math.exp(chance.uniform(math.log(given.low), math.log(given.high)))
        drawn = min(max(drawn, given.low), given.high)  # which rounding may have passed
        return round(drawn) if is_int else drawn
    return chance.randint(given.low, given.high) if is_int else chance.uniform(given.low, given.high)


def contains(given: BaseDistribution, value) -> bool:
    if isinstance(given, CategoricalDistribution):
        return value in given.choices
    is_kind = is_number(value) and (isinstance(given, FloatDistribution) or value == int(value))
    return is_kind and given.low <= value <= given.high


def is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


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
                searcher = Searcher(request["space"], request["greater_is_better"], request["seed"], request["known"])
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
