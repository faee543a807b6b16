"""What the flows have in common: a table, and a way to tell their test what they found."""

import json

import pandas as pd

ROWS = range(400)
flowers = pd.DataFrame(
    {
        "petal": [(1 if at % 2 == 0 else 2.5) + ((at * 7919) % 100) / 40 for at in ROWS],
        "width": [((at * 104729) % 97) / 10 for at in ROWS],
        "colour": [["red", "blue", "white"][at % 3] for at in ROWS],
        "kind": ["setosa" if at % 2 == 0 else "virginica" for at in ROWS],
    }
)


def tell(**found):
    print("FOUND " + json.dumps(found, default=str))


def refused(name, call, *args, **more):
    """Tells how a call fails; it must."""
    try:
        call(*args, **more)
    except Exception as error:
        tell(**{name: f"{type(error).__name__}: {error}"})
    else:
        tell(**{name: "was done"})
