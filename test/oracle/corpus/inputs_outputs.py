"""Datasets and models as inputs, models as outputs, the list of an experiment's datasets."""
from script import Script

s = Script("inputs_outputs")
DATASETS = "POST /ajax-api/2.0/mlflow/experiments/search-datasets"

s.ok("an experiment", "POST experiments/create", {"name": "io-exp"}, save={"exp": "experiment_id"})
s.ok("an experiment without datasets", "POST experiments/create", {"name": "io-empty"}, save={"none": "experiment_id"})
s.ok("a run", "POST runs/create", {"experiment_id": "${exp}", "start_time": 1000, "run_name": "io run"},
     save={"run": "run.info.run_id"})
s.ok("a model", "POST logged-models", {"experiment_id": "${exp}", "name": "io model"}, save={"model": "model.info.model_id"})


def data(context=None, **fields):
    entry = {"dataset": {"name": "d", "digest": "1", "source_type": "local", "source": "{}", **fields}}
    if context:
        entry["tags"] = [{"key": "mlflow.data.context", "value": context}]
    return entry


def inputs(kind, name, run="${run}", **fields):
    getattr(s, kind)(name, "POST runs/log-inputs", {"run_id": run, **fields})


def outputs(kind, name, run="${run}", **fields):
    getattr(s, kind)(name, "POST runs/outputs", {"run_id": run, **fields})


inputs("ok", "a dataset", datasets=[data("train", schema="s", profile="p")])
inputs("ok", "the same again", datasets=[data("train", schema="s", profile="p")])
s.ok("the run with one dataset", "GET runs/get?run_id=${run}")
inputs("ok", "the same with another context", datasets=[data("eval")])
inputs("ok", "another digest without tags", datasets=[data(digest="2")])
inputs("ok", "two datasets at once", datasets=[data("a", name="x"), data("b", name="y")])
inputs("see", "a dataset twice at once", datasets=[data("a", name="z"), data("b", name="z")])
inputs("ok", "a dataset with an empty schema and profile", datasets=[data(name="bare", schema="", profile="")])
inputs("ok", "a model as input", models=[{"model_id": "${model}"}])
inputs("see", "the model again", models=[{"model_id": "${model}"}])
inputs("see", "an unknown model", models=[{"model_id": "m-zz"}])
inputs("see", "nothing")
inputs("see", "empty lists", datasets=[], models=[])
s.see("the run with inputs", "GET runs/get?run_id=${run}")
inputs("see", "an empty dataset", datasets=[{}])
inputs("see", "a dataset without digest", datasets=[{"dataset": {"name": "d"}}])
inputs("see", "a dataset without name", datasets=[{"dataset": {"digest": "d", "source_type": "a", "source": "b"}}])
inputs("see", "a dataset without source", datasets=[{"dataset": {"name": "d", "digest": "d", "source_type": "a"}}])
inputs("see", "a dataset without source type", datasets=[{"dataset": {"name": "d", "digest": "d", "source": "a"}}])
inputs("bad", "a dataset with a name of 501", datasets=[data(name="n" * 501)])
inputs("bad", "a dataset with a digest of 37", datasets=[data(digest="1" * 37)])
inputs("bad", "a dataset with a long schema", datasets=[data(name="ls", schema="s" * 1_048_576)])
inputs("bad", "a dataset with a long profile", datasets=[data(name="lp", profile="s" * 16_777_217)])
inputs("see", "a dataset with a source of 65536", datasets=[data(name="ls2", source="s" * 65_536)])
inputs("bad", "a tag with a long key", datasets=[{**data(), "tags": [{"key": "k" * 256, "value": "v"}]}])
inputs("bad", "a tag with a long value", datasets=[{**data(), "tags": [{"key": "k", "value": "v" * 501}]}])
inputs("bad", "a tag key twice", datasets=[{**data(name="twice"), "tags": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]}])
inputs("ok", "a dataset that is known then", datasets=[data(name="known-then")])
inputs("ok", "it again with a tag key twice", datasets=[
    {**data(name="known-then"), "tags": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]}])
inputs("see", "a tag without value", datasets=[{**data(), "tags": [{"key": "k"}]}])
inputs("see", "a tag without key", datasets=[{**data(), "tags": [{"value": "k"}]}])
inputs("bad", "datasets as a text", datasets="x")
inputs("see", "models without id", models=[{}])
inputs("bad", "what can be no run", run="../x", datasets=[data()])
inputs("bad", "unknown run", run="zz", datasets=[data()])
s.bad("without run", "POST runs/log-inputs", {"datasets": [data()]})

outputs("ok", "a model as output", models=[{"model_id": "${model}", "step": 1}])
outputs("see", "it again at another step", models=[{"model_id": "${model}", "step": 2}])
outputs("see", "a model without step", models=[{"model_id": "${model}"}])
outputs("see", "an unknown model as output", models=[{"model_id": "m-zz", "step": 1}])
outputs("see", "no outputs")
outputs("see", "an output without id", models=[{"step": 1}])
outputs("bad", "an output with a bad step", models=[{"model_id": "${model}", "step": "x"}])
outputs("bad", "outputs as a text", models="x")
outputs("bad", "outputs of an unknown run", run="zz", models=[{"model_id": "${model}", "step": 1}])
s.bad("outputs without run", "POST runs/outputs", {"models": [{"model_id": "${model}", "step": 1}]})
s.see("the run with outputs", "GET runs/get?run_id=${run}")

s.see("datasets of the experiment", DATASETS, {"experiment_ids": ["${exp}"]})
s.ok("datasets of an experiment without", DATASETS, {"experiment_ids": ["${none}"]})
s.see("datasets of two experiments", DATASETS, {"experiment_ids": ["${exp}", "${none}"]})
s.see("datasets of an unknown experiment", DATASETS, {"experiment_ids": ["999999"]})
s.see("datasets of no experiment", DATASETS, {"experiment_ids": []})
s.see("datasets of nothing", DATASETS, {})
s.bad("datasets of no list", DATASETS, {"experiment_ids": "1"})
s.bad("datasets of 21 experiments", DATASETS, {"experiment_ids": [str(number) for number in range(21)]})
s.see("datasets by api", "POST experiments/search-datasets", {"experiment_ids": ["${exp}"]})
s.ok("search by dataset", "POST runs/search", {"experiment_ids": ["${exp}"], "filter": "dataset.name = 'd'"})
s.ok("search by context", "POST runs/search", {"experiment_ids": ["${exp}"], "filter": "dataset.context = 'train'"})
