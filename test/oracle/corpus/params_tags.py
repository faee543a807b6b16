"""Params and tags of runs; log-model."""
import json

from script import Script

s = Script("params_tags")

s.ok("an experiment", "POST experiments/create", {"name": "pt-exp"}, save={"exp": "experiment_id"})
s.ok("a run", "POST runs/create", {"experiment_id": "${exp}", "start_time": 1000, "run_name": "pt run"},
     save={"run": "run.info.run_id"})


def param(kind, name, key="p", value="1", **fields):
    getattr(s, kind)(name, "POST runs/log-parameter", {"run_id": "${run}", "key": key, "value": value, **fields})


def tag(kind, name, key="t", value="1", **fields):
    getattr(s, kind)(name, "POST runs/set-tag", {"run_id": "${run}", "key": key, "value": value, **fields})


param("ok", "param")
param("ok", "the same param again")
param("bad", "a changed param", value="2")
param("ok", "an empty param", key="e", value="")
param("ok", "a param of 6000", key="big", value="v" * 6000)
param("ok", "a param of 6001, cut", key="big2", value="v" * 6001)
param("ok", "a param with unicode", key="q", value="é\n漢\U0001f600")
param("ok", "a param key of 250", key="k" * 250)
param("bad", "a param key of 251", key="k" * 251)
param("bad", "a param with a climbing key", key="a/../b")
param("bad", "a param with a bad key", key="a#b")
param("bad", "a param with an empty key", key="")
param("bad", "a param of a number", key="n", value=5)
param("bad", "a param of true", key="n", value=True)
param("bad", "a param of an object", key="n", value={"a": 1})
param("see", "a param of null", key="n", value=None)
param("bad", "a param with a number as key", key=5)
param("bad", "a param of an unknown run", run_id="zz")
s.see("a param without value", "POST runs/log-parameter", {"run_id": "${run}", "key": "nov"})
s.bad("a param without key", "POST runs/log-parameter", {"run_id": "${run}", "value": "x"})
s.bad("a param without run", "POST runs/log-parameter", {"key": "a", "value": "x"})
s.ok("a param by run_uuid", "POST runs/log-parameter", {"run_uuid": "${run}", "key": "uu", "value": "x"})
s.ok("params of the run", "GET runs/get?run_id=${run}")

tag("ok", "tag")
tag("ok", "a changed tag", value="2")
tag("ok", "an empty tag", key="e", value="")
tag("ok", "a tag of 8000", key="big", value="v" * 8000)
tag("ok", "a tag of 8001, cut", key="big2", value="v" * 8001)
tag("ok", "a tag with unicode", key="ü", value="漢\U0001f600")
tag("ok", "a tag key of 250", key="k" * 250)
tag("bad", "a tag key of 251", key="k" * 251)
tag("bad", "a tag with a climbing key", key="../b")
tag("bad", "a tag with an empty key", key="")
tag("bad", "a tag of a number", key="n", value=5)
tag("see", "a tag of null", key="n", value=None)
tag("bad", "a tag of an unknown run", run_id="zz")
s.see("a tag without value", "POST runs/set-tag", {"run_id": "${run}", "key": "nov"})
s.bad("a tag without key", "POST runs/set-tag", {"run_id": "${run}", "value": "x"})
s.bad("a tag without run", "POST runs/set-tag", {"key": "a", "value": "x"})
tag("ok", "rename by tag", key="mlflow.runName", value="pt renamed")
tag("see", "rename to nothing by tag", key="mlflow.runName", value="")
tag("see", "the user by tag", key="mlflow.user", value="jim")
s.ok("tags of the run", "GET runs/get?run_id=${run}")
s.ok("delete a tag", "POST runs/delete-tag", {"run_id": "${run}", "key": "t"})
s.bad("delete it again", "POST runs/delete-tag", {"run_id": "${run}", "key": "t"})
s.bad("delete a tag without key", "POST runs/delete-tag", {"run_id": "${run}"})
s.bad("delete a tag without run", "POST runs/delete-tag", {"key": "t"})
s.bad("delete a tag of an unknown run", "POST runs/delete-tag", {"run_id": "zz", "key": "t"})
s.see("delete the run name", "POST runs/delete-tag", {"run_id": "${run}", "key": "mlflow.runName"})
s.ok("the run after deleting", "GET runs/get?run_id=${run}")

MODEL = {"utc_time_created": "2020", "run_id": "x", "artifact_path": "m", "flavors": {"python_function": {}}}
s.ok("log a model", "POST runs/log-model", {"run_id": "${run}", "model_json": json.dumps(MODEL)})
s.ok("log a second model", "POST runs/log-model", {
    "run_id": "${run}", "model_json": json.dumps({**MODEL, "model_uuid": "u", "artifact_path": "n"})})
s.ok("the history of models", "GET runs/get?run_id=${run}")
s.bad("log an empty model", "POST runs/log-model", {"run_id": "${run}", "model_json": "{}"})
s.bad("log a model that is no JSON", "POST runs/log-model", {"run_id": "${run}", "model_json": "x"})
s.bad("log a model without its JSON", "POST runs/log-model", {"run_id": "${run}"})
s.bad("log a model without path", "POST runs/log-model", {
    "run_id": "${run}", "model_json": json.dumps({k: v for k, v in MODEL.items() if k != "artifact_path"})})
s.bad("log a model without flavors", "POST runs/log-model", {
    "run_id": "${run}", "model_json": json.dumps({k: v for k, v in MODEL.items() if k != "flavors"})})
s.bad("log a model without time", "POST runs/log-model", {
    "run_id": "${run}", "model_json": json.dumps({k: v for k, v in MODEL.items() if k != "utc_time_created"})})
s.bad("log a model to an unknown run", "POST runs/log-model", {"run_id": "zz", "model_json": json.dumps(MODEL)})
s.bad("log a model without run", "POST runs/log-model", {"model_json": json.dumps(MODEL)})
s.bad("log a list as model", "POST runs/log-model", {"run_id": "${run}", "model_json": "[]"})
