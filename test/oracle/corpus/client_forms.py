"""Requests in the very forms in which the Java and the R client send them."""
from script import Script

s = Script("client_forms")
JAVA = {"User-Agent": "mlflow-java-client/2.17.2", "Accept-Encoding": "identity"}
R = {"User-Agent": "mlflow-r-client/3.11.2", "Accept": "application/json, text/xml, application/xml, */*"}


def java(kind, name, line, raw=None, **more):
    getattr(s, kind)(f"java {name}", line, raw=raw, headers=JAVA, **more)


def r(kind, name, line, raw=None, **more):
    getattr(s, kind)(f"R {name}", line, raw=raw, headers=R, **more)


java("ok", "create an experiment", "POST experiments/create", '{\n  "name": "java x ä/ö \\u0026 100% +x?"\n}', save={"exp": "experiment_id"})
java("bad", "create it again", "POST experiments/create", '{\n  "name": "java x ä/ö \\u0026 100% +x?"\n}')
java("ok", "create one with tags", "POST experiments/create",
     '{\n  "name": "java full",\n  "artifact_location": "mlflow-artifacts:/java",\n  "tags": [{\n    "key": "a",\n    "value": "b"\n  }]\n}')
java("ok", "get it by name", "GET experiments/get-by-name?experiment_name=java+x+%C3%A4%2F%C3%B6+%26+100%25+%2Bx%3F")
java("bad", "get none by name", "GET experiments/get-by-name?experiment_name=java+none")
java("ok", "search experiments", "POST experiments/search",
     '{\n  "max_results": "2",\n  "filter": "name LIKE \\u0027java%\\u0027",\n  "order_by": ["name ASC"],\n  "view_type": "ACTIVE_ONLY"\n}')
java("ok", "create a run", "POST runs/create",
     '{\n  "experiment_id": "${exp}",\n  "user_id": "ann",\n  "start_time": "1700000000000"\n}', save={"run": "run.info.run_id"})
java("ok", "create a run of a context", "POST runs/create",
     '{\n  "experiment_id": "${exp}",\n  "start_time": "1700000000001",\n  "tags": [{\n    "key": "mlflow.runName",\n    "value": "java run"\n'
     '  }, {\n    "key": "mlflow.user",\n    "value": "ann"\n  }, {\n    "key": "mlflow.source.type",\n    "value": "LOCAL"\n  }]\n}')
java("ok", "get a run", "GET runs/get?run_uuid=${run}&run_id=${run}")
BOTH = '{\n  "run_uuid": "${run}",\n  "run_id": "${run}",\n  '
java("ok", "log a metric", "POST runs/log-metric",
     BOTH + '"key": "m",\n  "value": 0.5,\n  "timestamp": "1700000000242",\n  "step": "0"\n}')
java("ok", "log NaN", "POST runs/log-metric", BOTH + '"key": "n",\n  "value": "NaN",\n  "timestamp": "1700000000242",\n  "step": "7"\n}')
java("ok", "log Infinity", "POST runs/log-metric",
     BOTH + '"key": "i",\n  "value": "-Infinity",\n  "timestamp": "1700000000242",\n  "step": "7"\n}')
java("ok", "log a param", "POST runs/log-parameter", BOTH + '"key": "p",\n  "value": "a\\u003db"\n}')
java("ok", "set a tag", "POST runs/set-tag", BOTH + '"key": "t",\n  "value": "\\u003cv\\u003e"\n}')
java("ok", "log a batch of nothing", "POST runs/log-batch", '{\n  "run_id": "${run}"\n}')
java("ok", "log a batch", "POST runs/log-batch",
     '{\n  "run_id": "${run}",\n  "metrics": [{\n    "key": "b",\n    "value": 1.0,\n    "timestamp": "1700000000242",\n    "step": "1"\n  }]\n}')
java("ok", "delete a tag", "POST runs/delete-tag", '{\n  "run_id": "${run}",\n  "key": "t"\n}')
java("ok", "get a history", "GET metrics/get-history?run_uuid=${run}&run_id=${run}&metric_key=m&max_results=25000", ordered=True)
java("ok", "search runs", "POST runs/search",
     '{\n  "experiment_ids": ["${exp}"],\n  "filter": "metrics.m \\u003e 0.1",\n  "run_view_type": "ACTIVE_ONLY",\n  "max_results": 1000,\n'
     '  "order_by": ["metrics.m DESC"]\n}')
java("ok", "search runs with an empty filter", "POST runs/search",
     '{\n  "experiment_ids": ["${exp}"],\n  "filter": "",\n  "run_view_type": "ALL",\n  "max_results": 1\n}', save={"token": "next_page_token"})
java("ok", "search the next page", "POST runs/search",
     '{\n  "experiment_ids": ["${exp}"],\n  "filter": "",\n  "run_view_type": "ALL",\n  "max_results": 1,\n  "page_token": "${token}"\n}')
java("ok", "end a run", "POST runs/update", BOTH + '"status": "FINISHED",\n  "end_time": "1700000009999"\n}')
java("ok", "list artifacts", "GET artifacts/list?run_uuid=${run}&run_id=${run}")
java("ok", "create a registered model", "POST registered-models/create", '{"name": "java model"}')
java("ok", "create a version", "POST model-versions/create",
     '{"name": "java model", "source": "runs:/${run}/model", "run_id": "${run}"}')
java("ok", "stage it", "POST model-versions/transition-stage",
     '{"name": "java model", "version": "1", "stage": "Production", "archive_existing_versions": false}')
java("ok", "newest of two stages", "GET registered-models/get-latest-versions?name=java+model&stages=Production&stages=Staging")
java("ok", "newest of all", "GET registered-models/get-latest-versions?name=java+model")
java("ok", "get a version", "GET model-versions/get?name=java+model&version=1")
java("ok", "where a version is", "GET model-versions/get-download-uri?name=java+model&version=1")
java("ok", "search versions", "GET model-versions/search?max_results=2&filter=name%3D%27java+model%27&order_by=version_number+ASC")
java("ok", "get a registered model", "GET registered-models/get?name=java+model")
java("ok", "update a version", "PATCH model-versions/update", '{"name": "java model", "version": "1", "description": "d"}')
java("ok", "delete an experiment", "POST experiments/delete", '{\n  "experiment_id": "${exp}"\n}')

r("ok", "create an experiment", "POST experiments/create", '{"name":"R exp","tags":[{"key":"a","value":"b"}]}', save={"rexp": "experiment_id"})
r("ok", "get it by name", "GET experiments/get-by-name?experiment_name=R%20exp")
r("bad", "get none by name", "GET experiments/get-by-name?experiment_name=R%20none")
r("ok", "search experiments", "POST experiments/search",
  '{"filter":"name = \'R exp\'","view_type":"ACTIVE_ONLY","max_results":"1000","order_by":["name"]}')
r("ok", "create a run", "POST runs/create",
  '{"experiment_id":"${rexp}","user_id":"ann","start_time":"1.7e+12","tags":[{"key":"mlflow.user","value":"ann"},'
  '{"key":"mlflow.source.name","value":"x.R"},{"key":"mlflow.source.type","value":"LOCAL"}]}', save={"rrun": "run.info.run_id"})
r("ok", "get a run", "GET runs/get?run_uuid=${rrun}&run_id=${rrun}")
r("ok", "log a metric", "POST runs/log-metric",
  '{"run_uuid":"${rrun}","run_id":"${rrun}","key":"m","value":"0.333333333333333","timestamp":"1700000001622","step":"3"}')
r("ok", "log a metric at 1e+05", "POST runs/log-metric",
  '{"run_uuid":"${rrun}","run_id":"${rrun}","key":"m","value":"1e+05","timestamp":"1.7e+12","step":"1e+05"}')
r("ok", "log a param", "POST runs/log-parameter", '{"run_uuid":"${rrun}","run_id":"${rrun}","key":"p","value":"TRUE"}')
r("ok", "set a tag", "POST runs/set-tag", '{"run_uuid":"${rrun}","run_id":"${rrun}","key":"t","value":"1"}')
r("ok", "log a batch", "POST runs/log-batch",
  '{"run_id":"${rrun}","metrics":[{"key":"b","value":"NaN","step":"0","timestamp":"1700000001622"},'
  '{"key":"c","value":"-Infinity","step":"1e+05","timestamp":"1.7e+12"}],"params":[{"key":"q","value":"1"}],"tags":[{"key":"u","value":"2"}]}')
r("ok", "get a history", "GET metrics/get-history?run_uuid=${rrun}&run_id=${rrun}&metric_key=m&max_results=25000", ordered=True)
r("ok", "search runs", "POST runs/search",
  '{"experiment_ids":["${rexp}"],"filter":"metrics.m > 0","run_view_type":"ACTIVE_ONLY","order_by":["metrics.m"]}')
r("ok", "log a model", "POST runs/log-model",
  '{"run_id":"${rrun}","model_json":"{\\"utc_time_created\\":\\"26-11-21T05:00:00\\",\\"run_id\\":\\"x\\",\\"artifact_path\\":\\"model\\",'
  '\\"flavors\\":{\\"crate\\":{\\"version\\":\\"0.1\\",\\"model\\":\\"crate.bin\\"}}}"}')
r("ok", "end a run", "POST runs/update",
  '{"run_uuid":"${rrun}","run_id":"${rrun}","status":"FINISHED","end_time":"1700000009999"}')
r("ok", "list artifacts", "GET artifacts/list?run_uuid=${rrun}&run_id=${rrun}&path=model")
r("ok", "create a registered model", "POST registered-models/create", '{"name":"R model","tags":[{"key":"a","value":"b"}],"description":"d"}')
r("ok", "create a version", "POST model-versions/create", '{"name":"R model","source":"runs:/${rrun}/model","run_id":"${rrun}"}')
r("ok", "update a model", "PATCH registered-models/update", '{"name":"R model","description":"e"}')
r("ok", "set a version's tag", "POST model-versions/set-tag", '{"name":"R model","version":"1","key":"k","value":"v"}')
r("ok", "create a model to stage", "POST registered-models/create", '{"name":"R staged"}')
r("ok", "create its version", "POST model-versions/create", '{"name":"R staged","source":"runs:/${rrun}/model","run_id":"${rrun}"}')
r("bad", "stage a version", "POST model-versions/transition-stage",
  '{"name":"R staged","version":"1","stage":"Staging","archive_existing_versions":"FALSE"}')
r("bad", "search registered models", "POST registered-models/search", '{"filter":"name = \'R model\'","max_results":"100"}')
r("ok", "newest of a stage", "GET registered-models/get-latest-versions?name=R%20model&stages=None")
r("ok", "rename a model", "POST registered-models/rename", '{"name":"R model","new_name":"R model 2"}')
r("ok", "delete a version", "DELETE model-versions/delete", '{"name":"R model 2","version":"1"}')
r("ok", "delete a model", "DELETE registered-models/delete", '{"name":"R model 2"}')
r("ok", "delete a run", "POST runs/delete", '{"run_id":"${rrun}"}')
r("ok", "restore a run", "POST runs/restore", '{"run_id":"${rrun}"}')
s.ok("the CLI asks for the server", "GET /api/3.0/mlflow/server-info", headers={"User-Agent": "mlflow-python-client/3.17.2"})
s.ok("the CLI looks for a model", "POST logged-models/search", {"experiment_ids": ["${rexp}"], "filter": "name = 'model'"})
