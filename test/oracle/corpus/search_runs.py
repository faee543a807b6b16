"""Searching runs: filters, order with ties, NaN and missing values, view types, pages, limits."""
from script import Script

s = Script("search_runs")

s.ok("an experiment", "POST experiments/create", {"name": "sr-runs"}, save={"exp": "experiment_id"})
s.ok("another experiment", "POST experiments/create", {"name": "sr-runs2"}, save={"exp2": "experiment_id"})
VALUES = {1: 0.5, 2: 0.25, 3: 0.5, 4: "NaN", 5: None, 6: "Infinity", 7: "-Infinity", 8: 10}
for number, value in VALUES.items():
    s.ok(f"run {number}", "POST runs/create", {
        "experiment_id": "${exp}", "start_time": 1000 * number, "run_name": f"r{number}", "user_id": "ann" if number % 2 else "bob",
        "tags": [{"key": "odd", "value": "yes" if number % 2 else "no"}, {"key": "with space", "value": f"v {number}"}],
    }, save={f"r{number}": "run.info.run_id"})
    s.ok(f"params and metrics of {number}", "POST runs/log-batch", {
        "run_id": "${r%d}" % number,
        "params": [{"key": "lr", "value": str(number)}, {"key": "a/b-c d", "value": "x"}] + (
            [{"key": "rare", "value": "R"}] if number == 3 else []),
        "metrics": [] if value is None else [
            {"key": "acc", "value": value, "timestamp": 1, "step": 0}, {"key": "m x", "value": number, "timestamp": 1}],
    })
s.ok("a run of the other experiment", "POST runs/create", {
    "experiment_id": "${exp2}", "start_time": 4500, "run_name": "else"}, save={"else": "run.info.run_id"})
for number, status in ((1, "FINISHED"), (2, "FAILED"), (3, "KILLED")):
    s.ok(f"run {number} {status}", "POST runs/update", {"run_id": "${r%d}" % number, "status": status, "end_time": 9000 - number})
s.ok("a dataset of run 1", "POST runs/log-inputs", {"run_id": "${r1}", "datasets": [{
    "dataset": {"name": "iris", "digest": "abc", "source_type": "local", "source": "{}"},
    "tags": [{"key": "mlflow.data.context", "value": "training"}]}]})
s.ok("a tag with a blank", "POST runs/set-tag", {"run_id": "${r1}", "key": "odd one", "value": "x"})
s.ok("delete run 8", "POST runs/delete", {"run_id": "${r8}"})


def search(**fields):
    return {"experiment_ids": ["${exp}"], **fields}


SEARCH = "POST runs/search"
s.ok("all", SEARCH, search())
s.ok("all by ajax-api", "POST /ajax-api/2.0/mlflow/runs/search", search())
s.ok("of both experiments", SEARCH, {"experiment_ids": ["${exp}", "${exp2}"]})
s.ok("of one experiment twice", SEARCH, {"experiment_ids": ["${exp2}", "${exp2}"]})
for view in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL", 2):
    s.ok(f"view {view}", SEARCH, search(run_view_type=view))
s.see("an unknown view", SEARCH, search(run_view_type="FOO"))
s.see("an unknown experiment", SEARCH, {"experiment_ids": ["999999"]})
s.see("no number as experiment", SEARCH, {"experiment_ids": ["abc"]})
s.ok("no experiments", SEARCH, {"experiment_ids": []})
s.see("empty body", SEARCH, {})
s.bad("a number as experiment", SEARCH, {"experiment_ids": [1]})
s.bad("experiments as a text", SEARCH, {"experiment_ids": "1"})
s.bad("by GET", "GET runs/search?experiment_ids=1")

for text in (
    "metrics.acc > 0.3", "metrics.acc >= 0.5", "metrics.acc < 0.5", "metrics.acc <= 0.25", "metrics.acc = 0.5",
    "metrics.acc != 0.5", "metrics.acc > -1e3", "metrics.`m x` > 2", "metrics.\"m x\" = 3", "metric.acc = 0.25", "metrics.none > 0",
    "params.lr = '2'", "params.lr = \"2\"", "params.lr != '2'", "params.lr LIKE '%'", "params.lr ILIKE '3'", "params.rare = 'R'",
    "params.rare != 'R'", "params.rare ILIKE 'r'", "params.rare LIKE 'r'", "params.`a/b-c d` = 'x'", "param.lr = '1'", "parameters.lr = '1'",
    "parameter.lr = '1'", "params.lr = '2' AND metrics.acc < 1", "tags.odd = 'yes'", "tags.odd != 'yes'", "tags.odd LIKE 'y%'",
    "tags.`with space` = 'v 3'", "tag.odd = 'no'", "tags.none = 'x'", "tags.none != 'x'", "tags.mlflow.runName = 'r1'",
    "tags.`mlflow.runName` LIKE 'r%'", "tags.odd IS NULL", "tags.none IS NULL", "tags.none IS NOT NULL", "params.rare IS NULL",
    "params.rare IS NOT NULL", "attributes.status = 'FINISHED'", "status = 'RUNNING'",
    "attribute.status != 'RUNNING'", "attr.status = 'KILLED'", "run.status = 'FAILED'", "status IN ('FAILED', 'KILLED')",
    "status LIKE 'FIN%'", "attributes.run_name = 'r1'", "run_name = 'r1'", "attributes.`run name` = 'r1'", "`Run name` = 'r1'",
    "run_name LIKE 'r_'", "run_name ILIKE 'R1'", "run_name != 'r1'", "run_name IN ('r1', 'r2')", "attributes.user_id = 'ann'",
    "user_id = 'ann'", "attributes.artifact_uri LIKE '%artifacts'", "start_time > 3000", "start_time <= 2000",
    "attributes.start_time = 1000", "attributes.created > 3000", "created = 1000", "end_time < 8999", "end_time > 0",
    "run_id = '${r1}'", "run_id IN ('${r1}', '${r2}')", "run_id NOT IN ('${r1}')", "attributes.run_id != '${r1}'",
    "run_id LIKE '${r1}'", "experiment_id = '${exp}'",
    "dataset.name = 'iris'", "datasets.name = 'iris'", "dataset.digest = 'abc'", "dataset.context = 'training'",
    "dataset.name LIKE 'ir%'", "dataset.name ILIKE 'IR%'", "dataset.name != 'iris'", "dataset.digest IN ('abc', 'x')",
    "dataset.name = 'other'", "metrics.acc > 0.1 and params.lr = '1'", "metrics.acc>0.3", " metrics.acc > 0.3 ", "",
    "lifecycle_stage = 'active'", "metrics.acc = NaN", "metrics.acc > 'x'", "params.lr IN ('1', '2')", "tags.odd IN ('yes')",
    "metrics.acc > 0.1 AND metrics.acc < 0.4", "params.lr = ''", "tags.odd = 'it''s'", "run_name = 'r''1'",
    "params.lr NOT IN ('1')", "metrics. > 1", "start_time > 1.5", "params.lr = '1' AND", "AND params.lr = '1'",
    "params.lr = '1' params.lr = '2'", "run_id IN ('a',)", "params.\U0001f600 = 'x'", "params.from = 'x'", "tags.select = 'x'",
    "tags.odd like 'y%'", "tags.odd iLike 'Y%'", "run_id in ('${r1}')", "params.größe = 'x'", "params.a-b = 'x'", "metrics.val/acc > 1",
    "tags.odd is null", "tags.odd one IS NULL", "tags.odd one is not null",
    "params.odd  one IS NULL", "tags.odd = 'yes' AND tags.odd one IS NOT NULL AND params.rare IS NULL", "metrics.1st > 1", "params.order = 'x'", "attributes.`run_name` = 'r1'", "\"run_name\" = 'r1'",
):
    s.see(f"filter {text or '(empty)'}", SEARCH, search(filter=text))
for text in (
    "metrics.acc", "metrics.acc > ", "metrics.acc > abc", "metrics.acc LIKE '1'", "metrics.acc > '0.3'", "metrics.acc IN (1)",
    "acc > 1", "metrics > 1", "params.lr > '1'", "params.lr = 2", "params.lr = x", "params.lr = '1", "params.lr",
    "tags.odd > 'a'", "tags.odd = 1", "foo.bar = 'x'", "attributes.foo = 'x'", "status > 'RUNNING'", "status = RUNNING",
    "run_id > 'a'", "start_time = 'x'", "start_time LIKE '1'", "end_time = abc",
    "params.lr = '1' OR params.lr = '2'", "NOT params.lr = '1'", "(params.lr = '1')", "params.lr == '1'", "params.lr <> '1'", "run_id IN ()",
    "run_id IN ('a'", "run_id IN 'a'", "dataset.foo = 'x'", "dataset.name > 'x'", "dataset.name = 5",
    "params.lr BETWEEN '1' AND '2'", "metrics.acc = 0.5;", "metrics.acc IS NULL", "status IS NULL", "1 = 1", "'a' = 'a'",
    "params.lr IS", "metrics.acc != 'a' AND",
):
    s.bad(f"bad filter {text}", SEARCH, search(filter=text))
s.bad("a number as filter", SEARCH, search(filter=5))

for order in (
    ["metrics.acc"], ["metrics.acc ASC"], ["metrics.acc DESC"], ["metrics.`acc` desc"], ["metrics.\"m x\" DESC"], ["metrics.none"],
    ["params.lr"], ["params.lr DESC"], ["params.rare"], ["params.rare DESC"], ["tags.odd"], ["tags.odd DESC", "metrics.acc ASC"],
    ["start_time"], ["start_time ASC"], ["attributes.start_time DESC"], ["attribute.start_time"], ["end_time"], ["end_time DESC"],
    ["status"], ["status DESC", "start_time ASC"], ["run_name DESC"], ["attributes.run_name"], ["`Run Name` ASC"],
    ["user_id", "start_time"], ["attributes.user_id DESC"], ["Created DESC"], ["metrics.acc DESC", "params.lr ASC"],
    ["metrics.acc", "metrics.acc"], ["metrics.acc   DESC"], ["experiment_id"],
):
    s.see(f"order by {', '.join(order)}", SEARCH, search(order_by=order))
for order in (
    ["foo"], ["acc"], ["metrics.acc ASCC"], ["metrics.acc ASC DESC"], ["metrics.acc, params.lr"], [""], ["metrics"], ["foo.bar"],
    ["attributes.foo"], ["metrics.acc ASC, "], ["dataset.name"], ["ASC"], ["duration"], ["attributes.duration DESC"],
):
    s.bad(f"bad order {', '.join(order)}", SEARCH, search(order_by=order))
for field in ("artifact_uri", "run_id"):
    s.see(f"order by {field}", SEARCH, search(order_by=[field], filter="run_name = 'r1'"))
s.bad("order as a text", SEARCH, search(order_by="metrics.acc"))

s.ok("page 1", SEARCH, search(max_results=3, order_by=["metrics.acc DESC"]), save={"t1": "next_page_token"})
s.ok("page 2", SEARCH, search(max_results=3, order_by=["metrics.acc DESC"], page_token="${t1}"), save={"t2": "next_page_token"})
s.ok("page 3", SEARCH, search(max_results=3, order_by=["metrics.acc DESC"], page_token="${t2}"))
s.ok("an exactly full page", SEARCH, search(max_results=7))
s.ok("page 1 of both", SEARCH, {"experiment_ids": ["${exp}", "${exp2}"], "max_results": 5}, save={"b1": "next_page_token"})
s.ok("page 2 of both", SEARCH, {"experiment_ids": ["${exp}", "${exp2}"], "max_results": 5, "page_token": "${b1}"})
s.see("max_results 0", SEARCH, search(max_results=0))
s.see("max_results -1", SEARCH, search(max_results=-1))
s.ok("max_results 50000", SEARCH, search(max_results=50000))
s.bad("max_results 50001", SEARCH, search(max_results=50001))
s.ok("max_results as a text", SEARCH, search(max_results="2", order_by=["start_time"]), save={"t3": "next_page_token"})
s.bad("max_results that is no number", SEARCH, search(max_results="x"))
s.bad("max_results with a fraction", SEARCH, search(max_results=1.5))
s.bad("max_results beyond int32", SEARCH, search(max_results=2**31))
s.bad("a bad token", SEARCH, search(page_token="zzz"))
s.see("an empty token", SEARCH, search(page_token=""))
s.bad("a number as token", SEARCH, search(page_token=5))
s.ok("delete the experiment", "POST experiments/delete", {"experiment_id": "${exp}"})
s.ok("in a deleted experiment", SEARCH, search())
s.ok("deleted ones in a deleted experiment", SEARCH, search(run_view_type="DELETED_ONLY"))

# MLflow looks for names in a tag that users may delete.
s.ok("an experiment for names", "POST experiments/create", {"name": "sr-names"}, save={"exp3": "experiment_id"})
for start, name in enumerate(("kept", "untagged", "renamed", "emptied")):
    s.ok(f"run {name}", "POST runs/create", {
        "experiment_id": "${exp3}", "start_time": start, "run_name": name}, save={name: "run.info.run_id"})
s.ok("delete the name tag", "POST runs/delete-tag", {"run_id": "${untagged}", "key": "mlflow.runName"})
s.ok("delete another name tag", "POST runs/delete-tag", {"run_id": "${renamed}", "key": "mlflow.runName"})
s.ok("a new name brings the tag back", "POST runs/update", {"run_id": "${renamed}", "run_name": "renamed again"})
s.see("a tag without a name", "POST runs/set-tag", {"run_id": "${emptied}", "key": "mlflow.runName", "value": ""})
NAMES = {"experiment_ids": ["${exp3}"]}
for text in (
    "run_name = 'untagged'", "run_name != 'kept'", "attributes.run_name != 'nobody'", "run_name LIKE '%e%'", "run_name ILIKE 'UN%'",
    "`Run name` = 'renamed again'", "run_name = ''", "tags.mlflow.runName IS NULL", "run_name != 'kept' AND status = 'RUNNING'",
):
    s.see(f"names {text}", SEARCH, {**NAMES, "filter": text})
s.ok("order by names without tags", SEARCH, {**NAMES, "order_by": ["run_name"]})
