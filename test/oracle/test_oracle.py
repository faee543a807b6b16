"""Replays the corpus against MLflow and against ours; one test per request. See README.md."""
import pytest

from accepted_differences import ACCEPTED
from compare import problem_of
from script import families
from servers import Pair

FAMILIES = families()
REQUESTS = [request for requests in FAMILIES.values() for request in requests]


@pytest.fixture(scope="session")
def pair():
    pair = Pair()
    yield pair
    pair.stop()


@pytest.fixture(scope="session")
def verdicts(pair):
    """Plays a whole family at its first test: later requests build on what earlier ones left behind."""
    played = {}

    def verdict(request):
        if request.family not in played:
            played[request.family] = {}
            for server in pair.both:
                server.known.clear()
            for each in FAMILIES[request.family]:
                try:
                    played[request.family][each.name] = problem_of(each, pair, pair.play(each))
                except OSError as problem:
                    played[request.family][each.name] = f"{each.id}: no answer: {problem!r}"
        return played[request.family][request.name]

    return verdict


@pytest.mark.parametrize("request_", REQUESTS, ids=[request.id for request in REQUESTS])
def test_same_answer(request_, verdicts):
    problem = verdicts(request_)
    if problem:
        pytest.fail(problem, pytrace=False)


@pytest.mark.parametrize("entry", ACCEPTED, ids=[entry.names for entry in ACCEPTED])
def test_accepted_difference_names_a_request(entry):
    assert any(entry.covers(request) for request in REQUESTS), "no request has such a name"


def test_the_corpus_is_large_enough():
    wrong = sum(request.wrong is True for request in REQUESTS)
    assert len(REQUESTS) >= 450 and wrong >= 220, f"{len(REQUESTS)} requests, {wrong} wrong ones"
