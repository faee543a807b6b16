"""Artifacts: the proxied store, a run's list and downloads, uploads by run, a model version's downloads."""
from script import Script

s = Script("artifacts")
STORE = "/api/2.0/mlflow-artifacts/artifacts"
AJAX = "/ajax-api/2.0/mlflow-artifacts/artifacts"
SHOWN = ("content-type", "content-disposition", "x-content-type-options")

s.ok("an experiment", "POST experiments/create", {"name": "art-exp"}, save={"exp": "experiment_id"})
s.ok("a run", "POST runs/create", {"experiment_id": "${exp}", "start_time": 1000, "run_name": "art run"},
     save={"run": "run.info.run_id"})
s.ok("a run without artifacts", "POST runs/create", {"experiment_id": "${exp}", "start_time": 2000, "run_name": "art empty"},
     save={"empty": "run.info.run_id"})
ROOT = f"{STORE}/${{exp}}/${{run}}/artifacts"


def put(kind, name, path, raw, content_type="application/octet-stream", root=ROOT):
    getattr(s, kind)(name, f"PUT {root}/{path}", raw=raw, content_type=content_type)


put("ok", "put a text", "a.txt", b"hello\n", "text/plain")
put("ok", "put it again, shorter", "a.txt", b"bye", "text/plain")
put("ok", "put an empty file", "${exp}/odd/empty.bin", b"", root=STORE)
put("ok", "put bytes", "sub/deep/b.bin", bytes(range(256)))
put("ok", "put HTML", "page.html", b"<script>1</script>", "text/html")
put("ok", "put SVG", "i.svg", b"<svg/>", "image/svg+xml")
put("ok", "put JSON", "c.json", b'{"a": 1}', "application/json")
put("ok", "put a CSV", "d.csv", b"a,b\n1,2\n", "text/csv")
put("ok", "put a markdown", "e.md", b"# t", "text/markdown")
put("ok", "put a PNG", "f.png", b"\x89PNG\r\n", "image/png")
put("ok", "put without type", "notype", b"x", None)
put("ok", "put an encoded name", "s%20p/%C3%BC%20%26%2B.txt", b"u", "text/plain")
put("bad", "put a name with a hash and a question mark", "${exp}/odd/q%23%3F.txt", b"q", "text/plain", root=STORE)
put("ok", "put a name with a percent sign", "${exp}/odd/p%25201.txt", b"p", "text/plain", root=STORE)
put("ok", "put 100 KB", "large.bin", b"0123456789" * 10_000)
put("ok", "put by ajax-api", "ajax.txt", b"j", "text/plain", root=f"{AJAX}/${{exp}}/${{run}}/artifacts")
put("ok", "put an MLmodel", "model/MLmodel", b"flavors: {}\n", "text/plain")
put("bad", "put by climbing", "../../../x.txt", b"x")
put("bad", "put by encoded climbing", "%2e%2e/%2e%2e/%2e%2e/x.txt", b"x")
put("bad", "put by doubly encoded climbing", "%252e%252e/x.txt", b"x")
put("bad", "put by climbing with encoded slashes", "..%2F..%2F..%2F..%2Fx.txt", b"x")
put("bad", "put by backslashes", "${exp}/odd/..%5C..%5Cx.txt", b"x", root=STORE)
put("see", "put a name with a tab", "${exp}/odd/t%09x.txt", b"x", root=STORE)
put("see", "put a name with a backslash", "${exp}/odd/b%5Cx.txt", b"x", root=STORE)
put("see", "put an absolute path", "%2Fetc%2Fx.txt", b"x", root=STORE)
put("see", "put a file address", "file:%2F%2F%2Fetc%2Fx", b"x", root=STORE)
put("see", "put where a file is a folder", "a.txt/x.txt", b"x")
put("see", "put where a folder is", "sub", b"x")
s.bad("put without path", f"PUT {STORE}", raw=b"x")
s.bad("post to the store", f"POST {ROOT}/a.txt", raw=b"x")

s.ok("get an empty file", f"GET {STORE}/${{exp}}/odd/empty.bin", show_headers=SHOWN)
for name in ("a.txt", "sub/deep/b.bin", "page.html", "i.svg", "c.json", "d.csv", "e.md", "f.png", "notype",
             "s%20p/%C3%BC%20%26%2B.txt", "model/MLmodel"):
    s.ok(f"get {name}", f"GET {ROOT}/{name}", show_headers=SHOWN)
s.ok("get by ajax-api", f"GET {AJAX}/${{exp}}/${{run}}/artifacts/a.txt")
s.ok("head", f"HEAD {ROOT}/a.txt")
s.see("get a range", f"GET {ROOT}/large.bin", headers={"Range": "bytes=0-4"})
s.bad("get unknown", f"GET {ROOT}/none.txt")
s.see("get a folder", f"GET {ROOT}/sub")
s.bad("get by climbing", f"GET {ROOT}/../../../m.db")
s.bad("get by encoded climbing", f"GET {ROOT}/%2e%2e/%2e%2e/%2e%2e/m.db")
s.bad("get by encoded slashes", f"GET {ROOT}/..%2F..%2F..%2F..%2Fm.db")
s.see("get an absolute path", f"GET {STORE}/%2Fetc%2Fpasswd")
s.see("get a file address", f"GET {STORE}/file:%2F%2F%2Fetc%2Fpasswd")
s.see("get with a null byte", f"GET {ROOT}/a.txt%00.png")

s.ok("list the store's root of the run", f"GET {STORE}?path=${{exp}}/${{run}}/artifacts")
s.see("list the odd names", f"GET {STORE}?path=${{exp}}/odd")
s.ok("list a folder", f"GET {STORE}?path=${{exp}}/${{run}}/artifacts/sub")
s.ok("list a folder with a blank", f"GET {STORE}?path=${{exp}}/${{run}}/artifacts/s+p")
s.ok("list with a slash at the end", f"GET {STORE}?path=${{exp}}/${{run}}/artifacts/sub/")
s.ok("list a file", f"GET {STORE}?path=${{exp}}/${{run}}/artifacts/a.txt")
s.ok("list what is not there", f"GET {STORE}?path=${{exp}}/${{run}}/artifacts/none")
s.ok("list by ajax-api", f"GET {AJAX}?path=${{exp}}/${{run}}/artifacts/sub")
s.bad("list by climbing", f"GET {STORE}?path=../..")
s.bad("list by encoded climbing", f"GET {STORE}?path=%252e%252e/x")
s.bad("list an absolute path", f"GET {STORE}?path=/etc")
s.bad("list a file address", f"GET {STORE}?path=file:///etc")

s.ok("the run's artifacts", "GET artifacts/list?run_id=${run}")
s.ok("the run's artifacts by run_uuid", "GET artifacts/list?run_uuid=${run}&run_id=${run}&path=sub")
s.ok("the run's artifacts by ajax-api", "GET /ajax-api/2.0/mlflow/artifacts/list?run_id=${run}&path=sub/deep")
s.ok("a folder with a blank", "GET artifacts/list?run_id=${run}&path=s%20p")
s.see("a file as folder", "GET artifacts/list?run_id=${run}&path=a.txt")
s.ok("a folder that is not there", "GET artifacts/list?run_id=${run}&path=none")
s.ok("artifacts of a run without", "GET artifacts/list?run_id=${empty}")
s.see("an empty path", "GET artifacts/list?run_id=${run}&path=")
s.bad("artifacts of an unknown run", "GET artifacts/list?run_id=zz")
s.bad("artifacts without run", "GET artifacts/list")
s.bad("artifacts by climbing", "GET artifacts/list?run_id=${run}&path=../..")
s.bad("artifacts by an absolute path", "GET artifacts/list?run_id=${run}&path=/etc")
s.bad("artifacts by encoded climbing", "GET artifacts/list?run_id=${run}&path=%252e%252e")
s.see("artifacts with a token", "GET artifacts/list?run_id=${run}&page_token=x")

s.ok("get-artifact", "GET /get-artifact?run_id=${run}&path=a.txt", show_headers=SHOWN)
s.ok("get-artifact by run_uuid", "GET /get-artifact?run_uuid=${run}&path=sub/deep/b.bin", show_headers=SHOWN)
for name in ("page.html", "i.svg", "c.json", "f.png", "model/MLmodel", "d.csv", "s%20p/%C3%BC%20%26%2B.txt"):
    s.ok(f"get-artifact {name}", f"GET /get-artifact?run_id=${{run}}&path={name}", show_headers=SHOWN)
s.see("get-artifact by ajax-api", "GET /ajax-api/2.0/mlflow/get-artifact?run_id=${run}&path=a.txt")
s.bad("get-artifact unknown path", "GET /get-artifact?run_id=${run}&path=none.txt")
s.bad("get-artifact unknown run", "GET /get-artifact?run_id=zz&path=a.txt")
s.bad("get-artifact without run", "GET /get-artifact?path=a.txt")
s.bad("get-artifact without path", "GET /get-artifact?run_id=${run}")
s.bad("get-artifact by climbing", "GET /get-artifact?run_id=${run}&path=../../../m.db")
s.bad("get-artifact by an absolute path", "GET /get-artifact?run_id=${run}&path=/etc/passwd")
s.bad("get-artifact of a folder", "GET /get-artifact?run_id=${run}&path=sub")

UPLOAD = "POST /ajax-api/2.0/mlflow/upload-artifact"
s.ok("upload-artifact", f"{UPLOAD}?run_uuid=${{run}}&path=up/u.json", raw=b'{"u": 1}')
s.ok("get the uploaded", "GET /get-artifact?run_id=${run}&path=up/u.json")
s.see("upload-artifact by run_id", f"{UPLOAD}?run_id=${{run}}&path=up/v.json", raw=b"{}")
s.bad("upload-artifact without run", f"{UPLOAD}?path=up/u.json", raw=b"{}")
s.bad("upload-artifact without path", f"{UPLOAD}?run_uuid=${{run}}", raw=b"{}")
s.bad("upload-artifact to an unknown run", f"{UPLOAD}?run_uuid=zz&path=u.json", raw=b"{}")
s.bad("upload-artifact by climbing", f"{UPLOAD}?run_uuid=${{run}}&path=../u.json", raw=b"{}")
s.see("upload-artifact of nothing", f"{UPLOAD}?run_uuid=${{run}}&path=up/none.json", raw=b"")
s.see("upload-artifact by api", "POST upload-artifact?run_uuid=${run}&path=up/w.json", raw=b"{}")

s.ok("a registered model", "POST registered-models/create", {"name": "art-model"})
s.ok("a version of the run's model", "POST model-versions/create", {
    "name": "art-model", "source": "mlflow-artifacts:/${exp}/${run}/artifacts/model", "run_id": "${run}"})
s.ok("a version from runs:/", "POST model-versions/create", {
    "name": "art-model", "source": "runs:/${run}/model", "run_id": "${run}"})
VERSION = "GET /model-versions/get-artifact?name=art-model"
s.ok("version's artifact", f"{VERSION}&version=1&path=MLmodel", show_headers=SHOWN)
s.see("version's artifact from runs:/", f"{VERSION}&version=2&path=MLmodel")
s.bad("version's unknown artifact", f"{VERSION}&version=1&path=none")
s.bad("artifact of an unknown version", f"{VERSION}&version=9&path=MLmodel")
s.bad("artifact of an unknown model", "GET /model-versions/get-artifact?name=none&version=1&path=MLmodel")
s.bad("version's artifact by climbing", f"{VERSION}&version=1&path=../a.txt")
s.bad("version's artifact without path", f"{VERSION}&version=1")
s.bad("version's artifact without version", f"{VERSION}&path=MLmodel")
s.see("version's artifact by ajax-api", "GET /ajax-api/2.0/mlflow/model-versions/get-artifact?name=art-model&version=1&path=MLmodel")

s.ok("a logged model", "POST logged-models", {"experiment_id": "${exp}", "name": "art lm"}, save={"model": "model.info.model_id"})
put("ok", "put into the logged model", "MLmodel", b"flavors: {}\n", "text/plain",
    root=f"{STORE}/${{exp}}/models/${{model}}/artifacts")
put("ok", "put below a folder of the logged model", "data/w.bin", b"ww",
    root=f"{STORE}/${{exp}}/models/${{model}}/artifacts")
s.ok("the logged model's artifacts", "GET logged-models/${model}/artifacts/directories")
s.ok("the logged model's folder", "GET logged-models/${model}/artifacts/directories?artifact_directory_path=data")
s.see("the logged model's file", "GET /ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files?artifact_file_path=MLmodel",
      show_headers=SHOWN)
s.bad("the logged model's file by climbing",
      "GET /ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files?artifact_file_path=../x")
s.bad("the logged model's file without path", "GET /ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files")

s.ok("delete a file", f"DELETE {ROOT}/a.txt")
s.bad("get the deleted file", f"GET {ROOT}/a.txt")
s.see("delete it again", f"DELETE {ROOT}/a.txt")
s.ok("delete a folder", f"DELETE {ROOT}/sub")
s.ok("list after deleting", "GET artifacts/list?run_id=${run}")
s.bad("delete by climbing", f"DELETE {ROOT}/%2e%2e/%2e%2e/x")
s.bad("delete without path", f"DELETE {STORE}")
s.ok("delete the run", "POST runs/delete", {"run_id": "${run}"})
s.ok("artifacts of a deleted run", "GET artifacts/list?run_id=${run}&path=model")
s.ok("get-artifact of a deleted run", "GET /get-artifact?run_id=${run}&path=model/MLmodel")

PARTS = "/api/2.0/mlflow-artifacts"
for verb in ("create", "complete", "abort"):
    s.bad(f"multipart upload: {verb}", f"POST {PARTS}/mpu/{verb}/${{exp}}/${{run}}/artifacts/parts.bin", {
        "path": "parts.bin", "num_parts": 2, "upload_id": "u", "parts": [],
    })
s.bad("a presigned download", f"GET {PARTS}/presigned/${{exp}}/${{run}}/artifacts/a.txt")
