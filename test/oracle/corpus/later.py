"""What clients call by themselves of the families that come later: only few, to see status and shape."""
from script import Script

s = Script("later")

s.ok("an experiment", "POST experiments/create", {"name": "lt-exp"}, save={"exp": "experiment_id"})
TRACE = {"trace": {"trace_info": {
    "trace_id": "tr-0123456789abcdef0123456789abcdef", "request_time": "2026-01-02T03:04:05Z", "state": "OK",
    "trace_location": {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": "${exp}"}},
    "execution_duration": "1.5s", "request_preview": "q", "response_preview": "a", "tags": {"mlflow.traceName": "t"},
}}}
s.see("start a trace", "POST /api/3.0/mlflow/traces", TRACE)
s.see("get a trace", "GET /api/3.0/mlflow/traces/tr-0123456789abcdef0123456789abcdef")
s.see("get an unknown trace", "GET /api/3.0/mlflow/traces/tr-none")
s.see("set a trace tag", "PATCH /api/3.0/mlflow/traces/tr-0123456789abcdef0123456789abcdef/tags", {"key": "k", "value": "v"})
s.see("search traces", "POST /api/3.0/mlflow/traces/search", {
    "locations": [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": "${exp}"}}], "max_results": 10})
s.see("search traces of version 2", "GET traces?experiment_ids=${exp}&max_results=10")
s.see("delete traces", "POST traces/delete-traces", {"experiment_id": "${exp}", "request_ids": ["tr-none"]})
s.see("a prompt as registered model", "POST registered-models/create", {
    "name": "lt-prompt", "tags": [{"key": "mlflow.prompt.is_prompt", "value": "true"}]})
s.see("a prompt version", "POST model-versions/create", {
    "name": "lt-prompt", "source": "dummy-source", "tags": [
        {"key": "mlflow.prompt.is_prompt", "value": "true"}, {"key": "mlflow.prompt.text", "value": "Hi {{x}}"}]})
s.see("prompts are no models", "GET registered-models/search?filter=name%20LIKE%20%27lt-%25%27")
s.see("prompts by their tag",
      "GET registered-models/search?filter=name%20LIKE%20%27lt-%25%27%20AND%20tags.%60mlflow.prompt.is_prompt%60%20%3D%20%27true%27")
s.see("get a prompt", "GET registered-models/get?name=lt-prompt")
s.see("datasets of evaluation", "POST /api/3.0/mlflow/datasets/search", {"experiment_ids": ["${exp}"]})
s.see("scorers", "GET /api/3.0/mlflow/scorers/list?experiment_id=${exp}")
s.see("gateway endpoints", "GET /api/3.0/mlflow/gateway/endpoints/list")
s.see("webhooks", "GET webhooks")
