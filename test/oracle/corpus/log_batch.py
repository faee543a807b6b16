"""log-batch: limits, wrong entries, and that a wrong batch leaves nothing behind."""
from script import Script

s = Script("log_batch")

s.ok("an experiment", "POST experiments/create", {"name": "lb-exp"}, save={"exp": "experiment_id"})
s.ok("a run", "POST runs/create", {"experiment_id": "${exp}", "start_time": 1000, "run_name": "lb run"},
     save={"run": "run.info.run_id"})
s.ok("a run for large batches", "POST runs/create", {"experiment_id": "${exp}", "start_time": 2000, "run_name": "lb big"},
     save={"big": "run.info.run_id"})

s.ok("a run for odd values", "POST runs/create", {"experiment_id": "${exp}", "start_time": 77, "run_name": "lb odd"},
     save={"odd": "run.info.run_id"})


def batch(kind, name, run="${run}", **fields):
    getattr(s, kind)(name, "POST runs/log-batch", {"run_id": run, **fields})


def metric(key, **fields):
    return {"key": key, "value": 1, "timestamp": 1, "step": 0, **fields}


def numbered(count, make):
    return [make(str(number)) for number in range(count)]


def pair(key, value="1"):
    return {"key": key, "value": value}


batch("ok", "nothing")
batch("ok", "empty lists", metrics=[], params=[], tags=[])
batch("ok", "one of each", metrics=[metric("m")], params=[pair("p")], tags=[pair("t")])
batch("ok", "the same again", metrics=[metric("m")], params=[pair("p")], tags=[pair("t")])
batch("ok", "texts for numbers", metrics=[metric("m", value="0.5", timestamp="2", step="3")])
batch("ok", "NaN and infinities", metrics=[
    metric("nan", value="NaN"), metric("inf", value="Infinity"), metric("ninf", value="-Infinity")])
batch("ok", "one metric key at several steps", metrics=[metric("s", step=i, value=i) for i in (3, 1, 2)])
batch("ok", "one metric twice", metrics=[metric("d"), metric("d")])
batch("ok", "metric without step", metrics=[{"key": "nostep", "value": 1, "timestamp": 1}])
batch("ok", "one tag key twice", tags=[pair("tt", "1"), pair("tt", "2")])
batch("bad", "one param twice the same", params=[pair("same"), pair("same")])
s.ok("the run so far", "GET runs/get?run_id=${run}")
s.ok("its steps", "GET metrics/get-history?run_id=${run}&metric_key=s", ordered=True)
batch("ok", "1000 metrics", run="${big}", metrics=numbered(1000, metric))
batch("ok", "100 params", run="${big}", params=numbered(100, pair))
batch("ok", "100 tags", run="${big}", tags=numbered(100, pair))
batch("ok", "1000 items", run="${big}", metrics=numbered(800, metric), params=numbered(100, pair), tags=numbered(100, pair))
s.ok("the run with large batches", "GET runs/get?run_id=${big}")
batch("bad", "1001 metrics", metrics=numbered(1001, metric))
batch("bad", "101 params", params=numbered(101, pair))
batch("bad", "101 tags", tags=numbered(101, pair))
batch("bad", "1001 items", metrics=numbered(801, metric), params=numbered(100, pair), tags=numbered(100, pair))

batch("bad", "one param twice", params=[pair("dup", "1"), pair("dup", "2")])
batch("bad", "a changed param", params=[pair("fresh"), pair("p", "9")])
batch("bad", "a changed param beside a metric and a tag", params=[pair("p", "9")], metrics=[metric("lost")], tags=[pair("lost")])
batch("bad", "metric without value", metrics=[{"key": "w", "timestamp": 1}])
batch("bad", "metric without time", metrics=[{"key": "w", "value": 1}])
batch("bad", "metric without key", metrics=[{"value": 1, "timestamp": 1}])
batch("bad", "metric with an empty key", metrics=[metric("")])
batch("bad", "metric of a text", run="${odd}", metrics=[metric("w", value="abc")])
batch("bad", "metric of null", metrics=[metric("w", value=None)])
batch("see", "metric of true", metrics=[metric("true", value=True)])
batch("bad", "metric with a bad time", run="${odd}", metrics=[metric("w", timestamp="x")])
batch("bad", "metric with a bad step", run="${odd}", metrics=[metric("w"), metric("w", step="x")])
batch("bad", "metric with a climbing key", metrics=[metric("a/../b")])
batch("bad", "metric with a long key", metrics=[metric("k" * 251)])
batch("bad", "metric with a number as key", run="${odd}", metrics=[metric(5)])
batch("bad", "metric with a negative time", metrics=[metric("w", timestamp=-1)])
batch("bad", "metrics of texts", metrics=["x"])
batch("bad", "metrics of numbers", metrics=[1])
batch("bad", "metrics as a text", metrics="x")
batch("bad", "metrics as an object", metrics={"key": "z"})
batch("see", "metrics as null", metrics=None)
batch("bad", "metric with a dataset name alone", metrics=[metric("w", dataset_name="d")])
batch("see", "param without value", params=[{"key": "pnov"}])
batch("bad", "param without key", params=[{"value": "pp"}])
batch("bad", "param of a number", run="${odd}", params=[pair("pn", 5)])
batch("see", "param of null", params=[pair("pnull", None)])
batch("ok", "param with a long value, cut", params=[pair("pl", "v" * 6001)])
batch("bad", "param with a long key", params=[pair("k" * 251)])
batch("bad", "param with a climbing key", params=[pair("../p")])
batch("see", "tag without value", tags=[{"key": "tnov"}])
batch("bad", "tag without key", tags=[{"value": "tt"}])
batch("bad", "tag of a number", run="${odd}", tags=[pair("tn", 5)])
batch("ok", "tag with a long value, cut", tags=[pair("tl", "v" * 8001)])
batch("bad", "tag with a long key", tags=[pair("k" * 251)])
batch("bad", "tags as a text", tags="x")
batch("bad", "params as a text", params="x")
for odd in ("../x", "a b", "-a", " 1 "):
    batch("bad", f"what can be no run: {odd}", run=odd, tags=[pair("a")])
batch("bad", "unknown run", run="zz", tags=[pair("a")])
batch("bad", "unknown run and nothing", run="zz")
batch("bad", "a number as run", run=5)
s.bad("without run", "POST runs/log-batch", {"tags": [pair("a")]})
s.bad("an empty object", "POST runs/log-batch", {})
s.see("wrong batches leave nothing behind", "GET runs/get?run_id=${run}")
s.see("odd batches leave nothing behind", "GET runs/get?run_id=${odd}")
