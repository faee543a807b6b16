"""Logged models: create, finalize, get, tags, params, delete, their metrics, and their registration."""
from script import Script

s = Script("logged_models")
LM = "logged-models"
NONE = "m-" + "0" * 32

s.ok("an experiment", "POST experiments/create", {"name": "lm-exp"}, save={"exp": "experiment_id"})
s.ok("a run", "POST runs/create", {"experiment_id": "${exp}", "start_time": 1000, "run_name": "lm run"},
     save={"run": "run.info.run_id"})
s.ok("create", f"POST {LM}", {"experiment_id": "${exp}", "name": "plain"}, save={"m1": "model.info.model_id"})
s.ok("create with everything", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "full ü", "model_type": "agent", "source_run_id": "${run}",
    "params": [{"key": "p", "value": "1"}, {"key": "q", "value": ""}], "tags": [{"key": "t", "value": "v"}],
}, save={"m2": "model.info.model_id"})
s.ok("create without name", f"POST {LM}", {"experiment_id": "${exp}"}, save={"m3": "model.info.model_id"})
s.see("create with an empty name", f"POST {LM}", {"experiment_id": "${exp}", "name": ""})
s.ok("create with null fields", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "nulls", "model_type": None, "source_run_id": None, "params": None, "tags": None})
s.ok("create a second of the same name", f"POST {LM}", {"experiment_id": "${exp}", "name": "plain"},
     save={"m4": "model.info.model_id"})
s.see("create from an unknown run", f"POST {LM}", {"experiment_id": "${exp}", "name": "norun", "source_run_id": "0" * 32})
s.see("create with the longest name", f"POST {LM}", {"experiment_id": "${exp}", "name": "n" * 500})
s.see("create with a name of 501", f"POST {LM}", {"experiment_id": "${exp}", "name": "n" * 501})
s.see("create with an empty model type", f"POST {LM}", {"experiment_id": "${exp}", "name": "notype", "model_type": ""})
s.ok("create by ajax-api", "POST /ajax-api/2.0/mlflow/logged-models", {"experiment_id": "${exp}", "name": "ajax"})
s.see("create in the default experiment", f"POST {LM}", {"name": "noexp"})
s.bad("create in an unknown experiment", f"POST {LM}", {"experiment_id": "999999", "name": "x"})
s.bad("create in an experiment that is no number", f"POST {LM}", {"experiment_id": "abc", "name": "x"})
s.bad("create with a number as experiment", f"POST {LM}", {"experiment_id": 1, "name": "x"})
s.bad("create with a number as name", f"POST {LM}", {"experiment_id": "${exp}", "name": 5})
s.bad("create with params that are no list", f"POST {LM}", {"experiment_id": "${exp}", "name": "x", "params": "p"})
for name in ("a/b", "a:b", "a.b", "a%b", "a'b", 'a"b'):
    s.see(f"create with the name {name}", f"POST {LM}", {"experiment_id": "${exp}", "name": name})
s.see("create with a param key of 251", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "x", "params": [{"key": "k" * 251, "value": "1"}]})
s.see("create with a param value of 6001", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "x", "params": [{"key": "k", "value": "v" * 6001}]})
s.see("create with a tag value of 8001", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "x", "tags": [{"key": "k", "value": "v" * 8001}]})
s.see("create with a tag key of 251", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "x", "tags": [{"key": "k" * 251, "value": "v"}]})
s.see("create with one param twice", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "x", "params": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]})
s.see("create with one tag twice", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "x", "tags": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]})
s.see("create with a param without key", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "x", "params": [{"value": "1"}]})
s.see("create with 101 params", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "many", "params": [{"key": f"p{i}", "value": "1"} for i in range(101)]})
s.see("create with 101 tags", f"POST {LM}", {
    "experiment_id": "${exp}", "name": "many", "tags": [{"key": f"t{i}", "value": "1"} for i in range(101)]})

s.ok("get", f"GET {LM}/${{m1}}")
s.ok("get the full one", f"GET {LM}/${{m2}}")
s.ok("get by ajax-api", "GET /ajax-api/2.0/mlflow/logged-models/${m2}")
s.bad("get unknown", f"GET {LM}/{NONE}")
s.bad("get by a bad id", f"GET {LM}/abc")
s.bad("get without id", f"GET {LM}")
s.bad("get with a slash at the end", f"GET {LM}/")

s.ok("finalize", f"PATCH {LM}/${{m1}}", {"model_id": "${m1}", "status": "LOGGED_MODEL_READY"})
s.ok("finalize as failed", f"PATCH {LM}/${{m2}}", {"model_id": "${m2}", "status": "LOGGED_MODEL_UPLOAD_FAILED"})
s.bad("finalize without id in the body", f"PATCH {LM}/${{m2}}", {"status": "LOGGED_MODEL_UPLOAD_FAILED"})
s.see("finalize by number", f"PATCH {LM}/${{m3}}", {"model_id": "${m3}", "status": 2})
s.see("finalize as pending", f"PATCH {LM}/${{m3}}", {"model_id": "${m3}", "status": "LOGGED_MODEL_PENDING"})
s.see("finalize as unspecified", f"PATCH {LM}/${{m3}}", {"model_id": "${m3}", "status": "LOGGED_MODEL_STATUS_UNSPECIFIED"})
s.ok("one more", f"POST {LM}", {"experiment_id": "${exp}", "name": "more"}, save={"m5": "model.info.model_id"})
s.see("finalize with another id in the body", f"PATCH {LM}/${{m3}}", {"model_id": "${m5}", "status": "LOGGED_MODEL_READY"})
s.see("the other one stays", f"GET {LM}/${{m5}}")
s.bad("finalize to an unknown status", f"PATCH {LM}/${{m3}}", {"model_id": "${m3}", "status": "READY"})
s.bad("finalize without status", f"PATCH {LM}/${{m1}}", {"model_id": "${m1}"})
s.bad("finalize unknown", f"PATCH {LM}/{NONE}", {"model_id": NONE, "status": "LOGGED_MODEL_READY"})
s.bad("finalize by POST", f"POST {LM}/${{m1}}", {"status": "LOGGED_MODEL_READY"})

s.ok("set tags", f"PATCH {LM}/${{m1}}/tags", {"tags": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]})
s.ok("set tags again", f"PATCH {LM}/${{m1}}/tags", {"model_id": "${m1}", "tags": [{"key": "a", "value": "3"}]})
s.ok("get with tags", f"GET {LM}/${{m1}}")
s.see("set no tags", f"PATCH {LM}/${{m1}}/tags", {"tags": []})
s.see("set tags with empty body", f"PATCH {LM}/${{m1}}/tags", {})
s.see("set a tag without value", f"PATCH {LM}/${{m1}}/tags", {"tags": [{"key": "c"}]})
s.see("set a tag without key", f"PATCH {LM}/${{m1}}/tags", {"tags": [{"value": "c"}]})
s.see("set a tag with a long value", f"PATCH {LM}/${{m1}}/tags", {"tags": [{"key": "c", "value": "v" * 8001}]})
s.see("set a tag with a long key", f"PATCH {LM}/${{m1}}/tags", {"tags": [{"key": "c" * 251, "value": "v"}]})
s.bad("set tags that are no list", f"PATCH {LM}/${{m1}}/tags", {"tags": "x"})
s.bad("set a tag to a number", f"PATCH {LM}/${{m3}}/tags", {"tags": [{"key": "c", "value": 1}]})
s.bad("set tags of unknown", f"PATCH {LM}/{NONE}/tags", {"tags": [{"key": "a", "value": "1"}]})
s.ok("delete a tag", f"DELETE {LM}/${{m1}}/tags/a")
s.see("delete the tag again", f"DELETE {LM}/${{m1}}/tags/a")
s.see("delete an unknown tag", f"DELETE {LM}/${{m1}}/tags/nothing")
s.bad("delete a tag of unknown", f"DELETE {LM}/{NONE}/tags/a")
s.ok("get after tags", f"GET {LM}/${{m4}}")

s.bad("log params without id in the body", f"POST {LM}/${{m4}}/params", {"params": [{"key": "x", "value": "1"}]})
s.ok("log params", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": [{"key": "x", "value": "1"}, {"key": "y", "value": "2"}]})
s.see("log the same params", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": [{"key": "x", "value": "1"}]})
s.see("log a changed param", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": [{"key": "x", "value": "9"}]})
s.see("log no params", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": []})
s.bad("log params with an empty body", f"POST {LM}/${{m4}}/params", {})
s.see("log a param with a long key", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": [{"key": "k" * 251, "value": "1"}]})
s.see("log a param with a long value", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": [{"key": "k", "value": "v" * 6001}]})
s.see("log a param without value", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": [{"key": "nv"}]})
s.see("log a param without key", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": [{"value": "1"}]})
s.bad("log params that are no list", f"POST {LM}/${{m4}}/params", {"model_id": "${m4}", "params": "x"})
s.bad("log params to unknown", f"POST {LM}/{NONE}/params", {"model_id": NONE, "params": [{"key": "x", "value": "1"}]})
s.ok("get with params", f"GET {LM}/${{m4}}")

s.ok("metric of a model", "POST runs/log-metric", {
    "run_id": "${run}", "key": "acc", "value": 0.5, "timestamp": 10, "step": 1, "model_id": "${m2}"})
s.ok("metric of a model on a dataset", "POST runs/log-metric", {
    "run_id": "${run}", "key": "acc", "value": 0.75, "timestamp": 11, "step": 1, "model_id": "${m2}",
    "dataset_name": "d", "dataset_digest": "1"})
s.ok("a later step of the metric", "POST runs/log-metric", {
    "run_id": "${run}", "key": "acc", "value": 0.25, "timestamp": 12, "step": 2, "model_id": "${m2}"})
s.ok("metric of a model in a batch", "POST runs/log-batch", {
    "run_id": "${run}", "metrics": [{"key": "loss", "value": 9, "timestamp": 13, "step": 0, "model_id": "${m2}"}]})
s.ok("NaN of another model", "POST runs/log-metric", {
    "run_id": "${run}", "key": "loss", "value": "NaN", "timestamp": 14, "step": 1, "model_id": "${m5}"})
s.see("get with NaN", f"GET {LM}/${{m5}}")
s.see("metric of an unknown model", "POST runs/log-metric", {
    "run_id": "${run}", "key": "acc", "value": 1, "timestamp": 14, "model_id": NONE})
s.see("metric with a dataset name alone", "POST runs/log-metric", {
    "run_id": "${run}", "key": "dsn", "value": 1, "timestamp": 15, "model_id": "${m2}", "dataset_name": "d"})
s.ok("get with metrics", f"GET {LM}/${{m2}}")
s.ok("history of the model's metric", "GET metrics/get-history?run_id=${run}&metric_key=acc", ordered=True)
s.ok("the run's metrics", "GET runs/get?run_id=${run}")
s.ok("the run takes the model as input", "POST runs/log-inputs", {"run_id": "${run}", "models": [{"model_id": "${m1}"}]})
s.ok("the run gives the model", "POST runs/outputs", {"run_id": "${run}", "models": [{"model_id": "${m2}", "step": 3}]})
s.ok("the run with models", "GET runs/get?run_id=${run}")

s.ok("a registered model", "POST registered-models/create", {"name": "lm-reg"})
s.ok("register the model", "POST model-versions/create", {
    "name": "lm-reg", "source": "models:/${m2}", "model_id": "${m2}", "run_id": "${run}"})
s.ok("its version", "GET model-versions/get?name=lm-reg&version=1")
s.ok("where its version is", "GET model-versions/get-download-uri?name=lm-reg&version=1")
s.ok("get shows the registration", f"GET {LM}/${{m2}}")
s.see("register by id in the source alone", "POST model-versions/create", {"name": "lm-reg", "source": "models:/${m1}"})
s.see("register without run", "POST model-versions/create", {
    "name": "lm-reg", "source": "models:/${m1}", "model_id": "${m1}"})
s.see("register with another model", "POST model-versions/create", {
    "name": "lm-reg", "source": "models:/${m1}", "model_id": "${m2}"})
s.see("register from s3 with a model", "POST model-versions/create", {
    "name": "lm-reg", "source": "s3://b/m", "model_id": "${m1}"})
s.see("register with an unknown model", "POST model-versions/create", {
    "name": "lm-reg", "source": "s3://b/m", "model_id": NONE})
s.ok("a copy keeps the model", "POST model-versions/create", {"name": "lm-reg", "source": "models:/lm-reg/1"})
for what, ids in {
    "its model": {"model_id": "${m2}"}, "its run": {"run_id": "${run}"}, "its run and model": {"model_id": "${m2}", "run_id": "${run}"},
    "another model": {"model_id": "${m1}"}, "an unknown model": {"model_id": NONE}, "an unknown run": {"run_id": "zz"},
    "an empty run": {"run_id": ""}, "an empty model": {"model_id": ""},
}.items():
    s.see(f"a copy that names {what}", "POST model-versions/create", {"name": "lm-reg", "source": "models:/lm-reg/1", **ids})
for source in ("mlflow-artifacts:/x", "runs:/${run}/m", "models:/${m1}", "dbfs:/x", "file:///x"):
    s.bad(f"register {source.replace('$', '')} with an unknown model", "POST model-versions/create", {
        "name": "lm-reg", "source": source, "model_id": NONE})
s.ok("registrations after all that", f"GET {LM}/${{m1}}")
s.ok("delete version 1", "DELETE model-versions/delete", {"name": "lm-reg", "version": "1"})
s.ok("registrations after the deletion", f"GET {LM}/${{m2}}")

s.ok("artifacts of a model", f"GET {LM}/${{m1}}/artifacts/directories")
s.ok("artifacts below a folder", f"GET {LM}/${{m1}}/artifacts/directories?artifact_directory_path=a")
s.bad("artifacts of an unknown model", f"GET {LM}/{NONE}/artifacts/directories")
s.bad("artifacts by a climbing path", f"GET {LM}/${{m1}}/artifacts/directories?artifact_directory_path=../..")
s.bad("artifacts by an absolute path", f"GET {LM}/${{m1}}/artifacts/directories?artifact_directory_path=/etc")

s.ok("delete", f"DELETE {LM}/${{m3}}")
s.bad("get deleted", f"GET {LM}/${{m3}}")
s.ok("a model to delete", f"POST {LM}", {"experiment_id": "${exp}", "name": "gone"}, save={"gone": "model.info.model_id"})
s.ok("delete it", f"DELETE {LM}/${{gone}}")
s.ok("get deleted by leave", f"GET {LM}/${{gone}}?allow_deleted=true")
s.ok("get another by leave", f"GET {LM}/${{m2}}?allow_deleted=True")
s.bad("get deleted without leave", f"GET {LM}/${{m3}}?allow_deleted=false")
s.bad("get unknown by leave", f"GET {LM}/{NONE}?allow_deleted=true")
s.see("delete again", f"DELETE {LM}/${{m3}}")
s.see("finalize deleted", f"PATCH {LM}/${{m3}}", {"model_id": "${m3}", "status": "LOGGED_MODEL_READY"})
s.see("set a tag on deleted", f"PATCH {LM}/${{m3}}/tags", {"tags": [{"key": "a", "value": "1"}]})
s.see("log a param to deleted", f"POST {LM}/${{m3}}/params", {"model_id": "${m3}", "params": [{"key": "a", "value": "1"}]})
s.bad("delete unknown", f"DELETE {LM}/{NONE}")
s.see("register deleted", "POST model-versions/create", {
    "name": "lm-reg", "source": "models:/${m3}", "model_id": "${m3}"})
s.ok("delete the run", "POST runs/delete", {"run_id": "${run}"})
s.ok("get after the run's deletion", f"GET {LM}/${{m2}}")
s.ok("delete the experiment", "POST experiments/delete", {"experiment_id": "${exp}"})
s.see("get after the experiment's deletion", f"GET {LM}/${{m1}}")
s.see("create in a deleted experiment", f"POST {LM}", {"experiment_id": "${exp}", "name": "late"})
