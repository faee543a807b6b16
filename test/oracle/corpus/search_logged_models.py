"""Searching logged models: filters, order, datasets, pages."""
from script import Script

s = Script("search_logged_models")
SEARCH = "POST logged-models/search"
NONE = "m-" + "0" * 32

s.ok("an experiment", "POST experiments/create", {"name": "sl-exp"}, save={"exp": "experiment_id"})
s.ok("another experiment", "POST experiments/create", {"name": "sl-exp2"}, save={"exp2": "experiment_id"})
s.ok("an empty search", SEARCH, {"experiment_ids": ["${exp}"]})
s.ok("a run", "POST runs/create", {"experiment_id": "${exp}", "start_time": 1000, "run_name": "sl run"},
     save={"run": "run.info.run_id"})
for number, (name, kind) in enumerate([("alpha", "agent"), ("beta", ""), ("gamma", "agent"), ("delta", "llm")], 1):
    s.ok(f"model {number}", "POST logged-models", {
        "experiment_id": "${exp}", "name": name, "model_type": kind, "source_run_id": "${run}",
        "params": [{"key": "lr", "value": str(number)}],
        "tags": [{"key": "even", "value": "yes" if number % 2 == 0 else "no"}],
    }, save={f"m{number}": "model.info.model_id"})
s.ok("model of the other experiment", "POST logged-models", {"experiment_id": "${exp2}", "name": "else"},
     save={"m5": "model.info.model_id"})
s.ok("finalize model 1", "PATCH logged-models/${m1}", {"model_id": "${m1}", "status": "LOGGED_MODEL_READY"})


def log(name, model, value, step=0, timestamp=10, **dataset):
    s.ok(name, "POST runs/log-metric", {"run_id": "${run}", "key": "acc", "value": value, "timestamp": timestamp,
                                        "step": step, "model_id": "${" + model + "}", **dataset})


train = {"dataset_name": "train", "dataset_digest": "1"}
test = {"dataset_name": "test", "dataset_digest": "2"}
log("metric 1", "m1", 0.5, **train)
log("metric 1 on test", "m1", 0.125, timestamp=11, **test)
log("metric 2", "m2", 0.75, timestamp=12, **train)
log("metric 3", "m3", 0, timestamp=13, **train)
log("NaN of model 5", "m5", "NaN", timestamp=14)


def order(*fields):
    return {"experiment_ids": ["${exp}"], "order_by": [
        {"field_name": field} if isinstance(field, str) else field for field in fields]}


def filtered(text):
    return {"experiment_ids": ["${exp}"], "filter": text}


s.ok("all", SEARCH, {"experiment_ids": ["${exp}"]})
s.ok("all by ajax-api", "POST /ajax-api/2.0/mlflow/logged-models/search", {"experiment_ids": ["${exp}"]})
s.see("a model with NaN", SEARCH, {"experiment_ids": ["${exp2}"]})
s.ok("both experiments", SEARCH, {"experiment_ids": ["${exp}", "${exp2}"], "filter": "name != 'else'"})
s.ok("an unknown experiment", SEARCH, {"experiment_ids": ["999999"]})
s.see("no experiments", SEARCH, {"experiment_ids": []})
s.see("empty body", SEARCH, {})
s.bad("an experiment that is no number", SEARCH, {"experiment_ids": ["abc"]})
s.bad("experiments that are no list", SEARCH, {"experiment_ids": "1"})
s.bad("by GET", "GET logged-models/search?experiment_ids=1")

for text in (
    "name = 'alpha'", "name != 'alpha'", "name LIKE '%lph%'", "name LIKE 'ALPHA'", "name ILIKE 'ALPHA'",
    "name IN ('alpha', 'beta')", "name NOT IN ('alpha')", "attributes.name = 'beta'",
    "attribute.name = 'beta'", "model_type = 'agent'", "status = 'READY'", "status = 'LOGGED_MODEL_READY'",
    "status != 'READY'", "params.lr = '2'", "params.lr != '2'", "params.lr LIKE '%'", "tags.even = 'yes'",
    "tags.`even` != 'yes'", "tags.even = 'yes' AND name = 'beta'", "tags.none = 'x'",
    "metrics.acc > 0.4", "metrics.acc >= 0.5", "metrics.acc < 1", "metrics.acc = 0.75", "metrics.acc != 0.75",
    "creation_timestamp > 0", "creation_timestamp < 0", "last_updated_timestamp > 0",
    "source_run_id = '${run}'", "model_id = '${m1}'", "model_id IN ('${m1}', '${m2}')", "attributes.model_id != '${m1}'",
    "experiment_id = '${exp}'", "", "name = alpha", "params.lr = 2", "name = 'a' AND", "name IN ()",
    "\"name\" = 'alpha'", "`name` = 'alpha'", "name = \"alpha\"", "name like 'alph_'", "tags.from = 'x'", "params.\U0001f600 = 'x'",
):
    s.see(f"filter {text or '(empty)'}", SEARCH, filtered(text))
for text in (
    "name", "name = 'a", "foo = 'a'", "name = 'a' OR name = 'b'", "name > 'a'", "params.lr > 2",
    "metrics.acc = 'x'", "metrics.acc > '0.4'", "metrics.acc LIKE '1'", "tags.even > 'a'",
    "creation_timestamp = 'x'", "creation_timestamp LIKE '1'", "foo.bar = 'x'", "dataset.name = 'x'",
    "name IN 'a'", "name IN (1)", "status > 'READY'", ";", "= 'a'",
):
    s.bad(f"bad filter {text}", SEARCH, filtered(text))

for fields in (
    ["name"], [{"field_name": "name", "ascending": False}], ["creation_timestamp"],
    [{"field_name": "creation_timestamp", "ascending": False}], ["last_updated_timestamp"], ["metrics.acc"],
    [{"field_name": "metrics.acc", "ascending": False}],
    [{"field_name": "metrics.acc", "dataset_name": "test"}],
    [{"field_name": "metrics.acc", "ascending": False, "dataset_name": "train", "dataset_digest": "1"}],
    [{"field_name": "metrics.none"}], ["model_type", {"field_name": "name", "ascending": False}], ["status", "name"],
    ["attributes.name"], ["name", "name"],
):
    label = ", ".join(field if isinstance(field, str) else " ".join(map(str, field.values())) for field in fields)
    s.see(f"order by {label}", SEARCH, order(*fields))
s.bad("order by an unknown field", SEARCH, order("foo"))
s.bad("order by a param", SEARCH, order("params.lr"))
s.bad("order by a tag", SEARCH, order("tags.even"))
s.bad("order by an empty field", SEARCH, order(""))
for digest in ("1", "2", "none"):
    s.ok(f"order by a metric of the digest {digest}", SEARCH, order({"field_name": "metrics.acc", "dataset_digest": digest}))
s.bad("order by a text", SEARCH, {"experiment_ids": ["${exp}"], "order_by": ["name ASC"]})
s.ok("order by a dataset digest alone", SEARCH, order({"field_name": "metrics.acc", "dataset_digest": "1"}))
s.ok("order by a name on a dataset", SEARCH, order({"field_name": "name", "dataset_name": "train"}))

s.see("datasets without metric filter", SEARCH, {"experiment_ids": ["${exp}"], "datasets": [{"dataset_name": "test"}]})
s.see("a metric on one dataset", SEARCH, {
    "experiment_ids": ["${exp}"], "filter": "metrics.acc > 0.1", "datasets": [{"dataset_name": "test"}]})
s.see("a metric on a dataset with digest", SEARCH, {
    "experiment_ids": ["${exp}"], "filter": "metrics.acc > 0.2",
    "datasets": [{"dataset_name": "train", "dataset_digest": "1"}]})
s.see("a metric on another digest", SEARCH, {
    "experiment_ids": ["${exp}"], "filter": "metrics.acc > 0.2",
    "datasets": [{"dataset_name": "train", "dataset_digest": "9"}]})
s.see("a metric on two datasets", SEARCH, {
    "experiment_ids": ["${exp}"], "filter": "metrics.acc > 0.1",
    "datasets": [{"dataset_name": "train"}, {"dataset_name": "test"}]})
s.bad("a dataset without name", SEARCH, {"experiment_ids": ["${exp}"], "datasets": [{"dataset_digest": "1"}]})
s.bad("datasets that are no list", SEARCH, {"experiment_ids": ["${exp}"], "datasets": "x"})

s.ok("page 1", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 3, "order_by": [{"field_name": "name"}]},
     save={"token": "next_page_token"})
s.ok("page 2", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 3, "order_by": [{"field_name": "name"}],
                        "page_token": "${token}"})
s.ok("an exactly full page", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 4})
s.see("page 2 of another search", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 3, "page_token": "${token}"})
s.see("page 2 of other experiments", SEARCH, {
    "experiment_ids": ["${exp2}"], "max_results": 3, "order_by": [{"field_name": "name"}], "page_token": "${token}"})
s.bad("a bad token", SEARCH, {"experiment_ids": ["${exp}"], "page_token": "zzz"})
s.see("an empty token", SEARCH, {"experiment_ids": ["${exp}"], "page_token": ""})
s.see("max_results 0", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 0})
s.see("max_results -1", SEARCH, {"experiment_ids": ["${exp}"], "max_results": -1})
s.ok("max_results 50", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 50})
s.see("max_results 51", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 51})
s.see("max_results 101", SEARCH, {"experiment_ids": ["${exp}"], "max_results": 101})
s.see("max_results as a text", SEARCH, {"experiment_ids": ["${exp}"], "max_results": "2"})
s.bad("max_results that is no number", SEARCH, {"experiment_ids": ["${exp}"], "max_results": "x"})
s.ok("delete model 4", "DELETE logged-models/${m4}")
s.ok("without the deleted one", SEARCH, {"experiment_ids": ["${exp}"]})
