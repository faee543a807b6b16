"""What must hold of a product before anything goes on with it. A check that raises fails its task."""

import pandas as pd

# What a living patient can have; outside of this a value was entered wrongly.
PLAUSIBLE = {
    "pregnancies": (0, 20),
    "glucose": (30, 400),
    "blood_pressure": (20, 200),
    "skin_thickness": (2, 120),
    "insulin": (2, 1200),
    "bmi": (10, 90),
    "pedigree": (0, 5),
    "age": (15, 110),
}


def clean(product):
    table = pd.read_csv(product["data"])
    if table.empty:
        raise ValueError("There are no patients.")
    missing = [column for column in PLAUSIBLE if column not in table]
    if missing:
        raise ValueError(f"These columns are missing: {', '.join(missing)}.")
    faults = []
    for column, (least, most) in PLAUSIBLE.items():
        wrong = table[column].dropna().loc[lambda values: ~values.between(least, most)]
        # The first line of the file holds the names.
        faults += [f"line {row + 2}: {column} is {value:g}" for row, value in wrong.items()]
    if faults:
        raise ValueError("These values cannot be right:\n" + "\n".join(faults))


def score(product):
    scored = pd.read_csv(product["predictions"])
    without = scored[~scored["probability"].between(0, 1)]
    if scored.empty or not without.empty:
        raise ValueError(f"{len(without)} of {len(scored)} patients have no probability from 0 to 1.")
