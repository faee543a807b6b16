"""Metrics: values, steps, times, keys; histories, one by one and in bulk."""
from script import Script

s = Script("metrics")
BULK = "GET /ajax-api/2.0/mlflow/metrics/get-history-bulk"
INTERVAL = "GET /ajax-api/2.0/mlflow/metrics/get-history-bulk-interval"

s.ok("an experiment", "POST experiments/create", {"name": "m-exp"}, save={"exp": "experiment_id"})
for number in (1, 2, 3):
    s.ok(f"run {number}", "POST runs/create", {
        "experiment_id": "${exp}", "start_time": number * 1000, "run_name": f"m run {number}"},
        save={f"run{number}": "run.info.run_id"})

s.ok("a run for odd values", "POST runs/create", {"experiment_id": "${exp}", "start_time": 77, "run_name": "m odd"},
     save={"odd": "run.info.run_id"})


def log(kind, name, **fields):
    getattr(s, kind)(name, "POST runs/log-metric", {
        "run_id": "${run1}", "key": "m", "value": 1, "timestamp": 1, **fields})


log("ok", "log")
log("ok", "log the same again")
log("ok", "log texts", value="2.5", timestamp="2", step="3")
log("ok", "log NaN", value="NaN", timestamp=3, step=4)
log("ok", "log Infinity", value="Infinity", timestamp=3, step=5)
log("ok", "log -Infinity", value="-Infinity", timestamp=4, step=6)
log("see", "log inf", key="inf", value="inf", timestamp=5)
log("see", "log nan in small letters", run_id="${odd}", key="nan", value="nan", timestamp=5)
log("ok", "log zero at time 0", key="zero", value=0, timestamp=0)
log("bad", "log a negative time", key="negative", timestamp=-1)
log("ok", "log a negative step", key="negative", timestamp=2, step=-3)
log("ok", "log a step 1e+05", key="r", timestamp="1.7e+12", step="1e+05")
log("ok", "log the largest double", key="max", value=1.7976931348623157e308)
log("ok", "log the smallest double", key="min", value=5e-324)
log("ok", "log an exact double", key="third", value=0.1)
log("see", "log 1e400 as a text", key="over", value="1e400")
log("see", "log true", key="true", value=True)
log("ok", "log a key with allowed characters", key="a-b_c.d/e f:g é")
log("ok", "log a key of 250", key="k" * 250)
log("bad", "log a key of 251", key="k" * 251)
log("bad", "log a text that is no number", value="abc")
log("bad", "log null", value=None)
log("bad", "log an empty text", value="")
log("bad", "log a list", value=[1])
log("bad", "log without key", key=None)
log("bad", "log an empty key", key="")
log("bad", "log a number as key", key=5)
log("bad", "log a climbing key", key="a/../b")
log("bad", "log an absolute key", key="/a")
log("bad", "log a doubled slash", key="a//b")
log("bad", "log a key ..", key="..")
log("bad", "log a key .", key=".")
log("bad", "log a key with a hash", key="a#b")
log("bad", "log a key with an emoji", key="a\U0001f600")
log("bad", "log a bad time", timestamp="x")
log("bad", "log null time", timestamp=None)
log("bad", "log a fraction as time", run_id="${odd}", timestamp=1.5)
log("bad", "log a bad step", step="1.5")
log("bad", "log NaN as step", step="NaN")
log("bad", "log a huge step", run_id="${odd}", step=2**63)
log("bad", "log to unknown", run_id="nope")
log("bad", "log to no run", run_id="")
log("bad", "log a dataset name alone", dataset_name="d")
s.bad("log without value", "POST runs/log-metric", {"run_id": "${run1}", "key": "m", "timestamp": 1})
s.bad("log without time", "POST runs/log-metric", {"run_id": "${run1}", "key": "m", "value": 1})
s.ok("log by run_uuid", "POST runs/log-metric", {"run_uuid": "${run1}", "key": "uu", "value": 1, "timestamp": 1})
s.bad("log without run", "POST runs/log-metric", {"key": "uu", "value": 1, "timestamp": 1})
s.see("log a bare NaN", "POST runs/log-metric", raw='{"run_id":"${run2}","key":"raw","value":NaN,"timestamp":1}')
s.see("log a bare Infinity", "POST runs/log-metric", raw='{"run_id":"${run2}","key":"raw","value":Infinity,"timestamp":2}')
s.ok("history of the bare ones", "GET metrics/get-history?run_id=${run2}&metric_key=raw", ordered=True)
s.see("log int64 beyond 2^53", "POST runs/log-metric",
      raw='{"run_id":"${run2}","key":"big","value":1,"timestamp":9007199254740993,"step":9007199254740993}')
s.see("history beyond 2^53", "GET metrics/get-history?run_id=${run2}&metric_key=big", ordered=True)
s.see("log the largest int64", "POST runs/log-metric",
      raw='{"run_id":"${run2}","key":"big2","value":1,"timestamp":"9223372036854775807","step":9223372036854775807}')
s.see("history of the largest int64", "GET metrics/get-history?run_id=${run2}&metric_key=big2", ordered=True)
s.see("the run with odd values", "GET runs/get?run_id=${odd}")
s.ok("the run", "GET runs/get?run_id=${run1}")

HISTORY = "GET metrics/get-history?run_id=${run1}"
s.ok("history", f"{HISTORY}&metric_key=m", ordered=True)
s.ok("history by run_uuid", "GET metrics/get-history?run_uuid=${run1}&run_id=${run1}&metric_key=m&max_results=25000", ordered=True)
s.ok("history by ajax-api", "GET /ajax-api/2.0/mlflow/metrics/get-history?run_id=${run1}&metric_key=m", ordered=True)
s.ok("history of a negative", f"{HISTORY}&metric_key=negative", ordered=True)
s.ok("history of an encoded key", f"{HISTORY}&metric_key=a-b_c.d%2Fe%20f:g+%C3%A9", ordered=True)
s.ok("history page 1", f"{HISTORY}&metric_key=m&max_results=2", ordered=True, save={"token": "next_page_token"})
s.ok("history page 2", f"{HISTORY}&metric_key=m&max_results=2&page_token=${{token}}", ordered=True)
s.ok("history on an exactly full page", f"{HISTORY}&metric_key=m&max_results=5", ordered=True)
s.see("history max_results 0", f"{HISTORY}&metric_key=m&max_results=0", ordered=True)
s.see("history max_results -1", f"{HISTORY}&metric_key=m&max_results=-1", ordered=True)
s.see("history max_results 99999999", f"{HISTORY}&metric_key=m&max_results=99999999", ordered=True)
s.bad("history max_results x", f"{HISTORY}&metric_key=m&max_results=x")
s.see("history of an unknown key", f"{HISTORY}&metric_key=nope")
s.bad("history without key", HISTORY)
s.ok("history of an unknown run", "GET metrics/get-history?run_id=zz&metric_key=m")
s.bad("history without run", "GET metrics/get-history?metric_key=m")
s.bad("history with a bad token", f"{HISTORY}&metric_key=m&max_results=2&page_token=zz")

for step in range(12):
    for number in (1, 2):
        s.ok(f"step {step} of run {number}", "POST runs/log-metric", {
            "run_id": "${run%d}" % number, "key": "curve", "value": step * number, "timestamp": 100 + step, "step": step * 10})
s.ok("bulk", f"{BULK}?run_id=${{run1}}&run_id=${{run2}}&metric_key=curve", ordered=True, by_run=True)
s.ok("bulk with a run without it", f"{BULK}?run_id=${{run1}}&run_id=${{run3}}&metric_key=curve", ordered=True)
s.ok("bulk with a limit", f"{BULK}?run_id=${{run1}}&run_id=${{run3}}&metric_key=curve&max_results=5", ordered=True)
s.see("bulk of an unknown key", f"{BULK}?run_id=${{run1}}&metric_key=none")
s.see("bulk of an unknown run", f"{BULK}?run_id=zz&metric_key=curve")
s.bad("bulk without run", f"{BULK}?metric_key=curve")
s.bad("bulk without key", f"{BULK}?run_id=${{run1}}")
s.bad("bulk with 101 runs", f"{BULK}?metric_key=curve" + "&run_id=${run1}" * 101)
s.see("bulk by api", "GET metrics/get-history-bulk?run_id=${run1}&metric_key=curve")
s.see("bulk max_results 0", f"{BULK}?run_id=${{run1}}&metric_key=curve&max_results=0")
s.see("bulk max_results x", f"{BULK}?run_id=${{run1}}&metric_key=curve&max_results=x")
s.ok("interval", f"{INTERVAL}?run_ids=${{run1}}&run_ids=${{run2}}&metric_key=curve", ordered=True, by_run=True)
s.ok("interval with a limit", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&max_results=4", ordered=True)
s.ok("interval of two runs with a limit", f"{INTERVAL}?run_ids=${{run1}}&run_ids=${{run2}}&metric_key=curve&max_results=3", ordered=True, by_run=True)
s.ok("interval between steps", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&start_step=20&end_step=50", ordered=True)
s.ok("interval between steps with a limit",
     f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&start_step=15&end_step=95&max_results=3", ordered=True)
s.ok("interval of NaN and infinities", f"{INTERVAL}?run_ids=${{run1}}&metric_key=m", ordered=True)
s.bad("interval with a start alone", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&start_step=20")
s.bad("interval with an end alone", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&end_step=20")
s.bad("interval turned round", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&start_step=50&end_step=20")
s.bad("interval without key", f"{INTERVAL}?run_ids=${{run1}}")
s.bad("interval without run", f"{INTERVAL}?metric_key=curve")
s.bad("interval with 101 runs", f"{INTERVAL}?metric_key=curve" + "&run_ids=${run1}" * 101)
s.bad("interval max_results 0", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&max_results=0")
s.bad("interval max_results 2501", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&max_results=2501")
s.bad("interval max_results x", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&max_results=x")
s.bad("interval start_step x", f"{INTERVAL}?run_ids=${{run1}}&metric_key=curve&start_step=x&end_step=2")
for step in range(6):
    for value, time in ((step, 200 - step), (step + 0.5, 100)):
        s.ok(f"{value} at step {step} of the short curve", "POST runs/log-metric", {
            "run_id": "${run3}", "key": "curve", "value": value, "timestamp": time, "step": step})
for most in (1, 3, 5, 7, 12, 13):
    s.ok(f"interval of {most} of a curve with two values a step",
         f"{INTERVAL}?run_ids=${{run3}}&metric_key=curve&max_results={most}", ordered=True)
s.ok("interval of a short curve beside a long one",
     f"{INTERVAL}?run_ids=${{run1}}&run_ids=${{run3}}&metric_key=curve&max_results=5", ordered=True, by_run=True)
for time in range(9):
    s.ok(f"a point without step at {time}", "POST runs/log-metric", {
        "run_id": "${run3}", "key": "flat", "value": 9 - time, "timestamp": 100 + time // 3})
s.ok("interval of points of one step", f"{INTERVAL}?run_ids=${{run3}}&metric_key=flat&max_results=4", ordered=True)
s.see("interval of an unknown run", f"{INTERVAL}?run_ids=zz&metric_key=curve")
s.see("interval by api", "GET metrics/get-history-bulk-interval?run_ids=${run1}&metric_key=curve")

s.ok("an earlier step later", "POST runs/log-metric", {"run_id": "${run3}", "key": "last", "value": 1, "timestamp": 5, "step": 9})
s.ok("a lower step", "POST runs/log-metric", {"run_id": "${run3}", "key": "last", "value": 2, "timestamp": 6, "step": 1})
s.ok("the highest step stays the latest", "GET runs/get?run_id=${run3}")
s.ok("same step, later time", "POST runs/log-metric", {"run_id": "${run3}", "key": "last", "value": 0.5, "timestamp": 7, "step": 9})
s.ok("the later time is the latest", "GET runs/get?run_id=${run3}")
s.ok("same step and time, lower value", "POST runs/log-metric", {"run_id": "${run3}", "key": "last", "value": 0.25, "timestamp": 7, "step": 9})
s.ok("the higher value is the latest", "GET runs/get?run_id=${run3}")
s.ok("same step and time, NaN", "POST runs/log-metric", {"run_id": "${run3}", "key": "last", "value": "NaN", "timestamp": 7, "step": 9})
s.ok("after NaN", "GET runs/get?run_id=${run3}")
s.ok("their history", "GET metrics/get-history?run_id=${run3}&metric_key=last", ordered=True)
