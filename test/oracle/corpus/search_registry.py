"""Searching registered models and model versions: filters, order, pages, limits."""
from urllib.parse import quote

from script import Script

s = Script("search_registry")
RM, MV = "registered-models", "model-versions"


def query(**fields):
    pairs = [(key, value) for key, values in fields.items()
             for value in (values if isinstance(values, list) else [values])]
    return "&".join(f"{key}={quote(str(value), safe='${}')}" for key, value in pairs)


def models(filter="name LIKE 'sr-%'", **fields):
    return f"GET {RM}/search?" + query(filter=filter, **fields)


def versions(filter="name LIKE 'sr-%'", **fields):
    return f"GET {MV}/search?" + query(filter=filter, **fields)


s.ok("an experiment", "POST experiments/create", {"name": "sr-exp"}, save={"exp": "experiment_id"})
s.ok("a run", "POST runs/create", {"experiment_id": "${exp}", "start_time": 1000, "run_name": "sr run"},
     save={"run": "run.info.run_id"})
for number, name in enumerate(["sr-a", "sr-B", "sr-c_d", "sr-ü"], 1):
    s.ok(f"model {name}", f"POST {RM}/create", {
        "name": name, "tags": [{"key": "n", "value": str(number)}] if number < 4 else []})
for number, (name, run) in enumerate([("sr-a", "${run}"), ("sr-a", ""), ("sr-B", ""), ("sr-c_d", "${run}"), ("sr-a", "")]):
    s.ok(f"version {number} of {name}", f"POST {MV}/create", {
        "name": name, "source": f"runs:/{run}/m{number}" if run else f"s3://b/m{number}", "run_id": run,
        "tags": [{"key": "v", "value": str(number % 2)}]})
s.ok("version 1 of sr-a to Production", f"POST {MV}/transition-stage", {
    "name": "sr-a", "version": "1", "stage": "Production", "archive_existing_versions": False})
s.ok("an alias", f"POST {RM}/alias", {"name": "sr-a", "alias": "best", "version": "2"})

s.ok("models all of ours", models())
s.ok("models by ajax-api", models().replace("GET ", "GET /ajax-api/2.0/mlflow/"))
for text in (
    "name = 'sr-a'", "name = 'sr-A'", "name != 'sr-a' AND name LIKE 'sr-%'", "name LIKE 'SR-%'", "name ILIKE 'SR-B'",
    "name LIKE 'sr-_'", "name LIKE 'sr-c\\_d'", "name = \"sr-a\"", "name LIKE 'sr-%' AND tags.n = '2'", "tags.n = '2'",
    "tags.`n` != '2' AND name LIKE 'sr-%'", "tag.n = '1'", "tags.n LIKE '%'", "tags.n ILIKE '3'", "tags.none = '1'",
    "name IN ('sr-a', 'sr-B')", "name NOT IN ('sr-a') AND name LIKE 'sr-%'", "attribute.name = 'sr-a'", "name = 'sr-ü'",
    "name LIKE 'sr-%' and name LIKE '%a'", "name = 'sr-a' AND", "AND name = 'sr-a'",
    "`name` = 'sr-a'", "\"name\" = 'sr-a'", "name like 'sr-_'", "tags.from = '1'", "tags.\U0001f600 = '1'",
):
    s.see(f"models by {text}", models(text))
for text in (
    "name", "name = sr-a", "name = 'a", "name > 'a'", "name = 1", "foo = 'a'", "creation_timestamp > 0",
    "name = 'a' OR name = 'b'", "run_id = 'x'", "version = 1", "params.x = '1'", "metrics.x = 1",
    "tags.n > '1'", "tags.n = 1", "tags.n", "name == 'a'", "description = 'x'", "NOT name = 'a'",
    "tags.n = x",
):
    s.bad(f"models by a bad {text}", models(text))
for order in (
    ["name"], ["name ASC"], ["name DESC"], ["name desc"], ["timestamp"], ["last_updated_timestamp DESC"],
    ["last_updated_timestamp ASC", "name DESC"], ["timestamp DESC", "name"], ["`name` ASC"],
    ['"name" DESC'], ['"last_updated_timestamp" ASC'],
):
    s.see(f"models in order {', '.join(order)}", models(order_by=order))
for order in (["foo"], ["name ASCC"], ["name ASC DESC"], [""], ["tags.n"], ["name", "name DESC"], ["creation_timestamp"]):
    s.bad(f"models in a bad order {', '.join(order)}", models(order_by=order))
s.ok("models page 1", models(max_results=3), save={"token": "next_page_token"})
s.ok("models page 2", models(max_results=3, page_token="${token}"))
s.ok("models on an exactly full page", models(max_results=4))
s.see("models with another search's token", models("name LIKE 'sr-a%'", max_results=3, page_token="${token}"))
s.see("models with an empty token", models(page_token=""))
s.bad("models with a bad token", models(page_token="zzz"))
s.see("models max_results 0", models(max_results=0))
s.bad("models max_results -1", models(max_results=-1))
s.ok("models max_results 1000", models(max_results=1000))
s.bad("models max_results 1001", models(max_results=1001))
s.bad("models max_results x", models(max_results="x"))
s.bad("models max_results 1.5", models(max_results="1.5"))
s.see("models max_results empty", models(max_results=""))
s.see("models with an unknown field", models(bogus="1"))
s.ok("models by an empty filter", f"GET {RM}/search?filter=&max_results=1&order_by=name")

s.ok("versions all of ours", versions())
for text in (
    "name = 'sr-a'", "name='sr-a'", "name = 'sr-a' AND version_number > 1", "version_number = 1 AND name LIKE 'sr-%'",
    "version_number <= 2 AND name LIKE 'sr-%'", "version_number != 1 AND name LIKE 'sr-%'", "run_id = '${run}'",
    "run_id IN ('${run}')", "run_id = '' AND name LIKE 'sr-%'", "source_path = 's3://b/m2'", "source_path LIKE 's3://b/m%'",
    "tags.v = '1' AND name LIKE 'sr-%'", "name != 'sr-a' AND name LIKE 'sr-%'", "name ILIKE 'SR-B'", "name IN ('sr-a')",
    "name LIKE 'sr-%' AND tags.`v` != '1'", "attribute.name = 'sr-a'", "name = \"sr-a\"",
    "name NOT IN ('sr-a') AND name LIKE 'sr-%'", "name LIKE 'sr-%' AND creation_timestamp > 0",
    "name LIKE 'sr-%' AND last_updated_timestamp > 0", "version_number = '1' AND name LIKE 'sr-%'",
    "current_stage = 'Production' AND name LIKE 'sr-%'", "aliases = 'best'", "user_id = '' AND name LIKE 'sr-%'",
    "run_id IN ('${run}', 'x')", "name = 'sr-a' AND", "run_id IN ('a',)", "source_path IN ('s3://b/m1')", "version_number BETWEEN 1 AND 2",
):
    s.see(f"versions by {text}", versions(text))
for text in (
    "name", "name = sr-a", "name = 'a", "name > 'a'", "foo = 'a'", "name = 'a' OR name = 'b'", "version_number LIKE '1'",
    "version_number = 1.5", "version_number = 'x'", "run_id IN ()", "run_id IN ('a'", "run_id IN (1)", "run_id IN (,)",
    "params.x = '1'", "metrics.x > 1", "tags.v > '1'", "tags.v = 1", "description = 'x'",
    "version = 1", "NOT name = 'a'", "run_id > 'a'", "version_number > '1' AND version_number",
    "name = 5", "version_number IN (1, 2)",
):
    s.bad(f"versions by a bad {text}", versions(text))
for order in (
    ["version_number ASC"], ["version_number DESC", "name ASC"], ["name DESC", "version_number ASC"],
    ["name"], ["creation_timestamp ASC"], ["creation_timestamp DESC"], ["last_updated_timestamp DESC"],
):
    s.see(f"versions in order {', '.join(order)}", versions(order_by=order))
for order in (["foo"], ["name ASCC"], [""], ["tags.v"], ["run_id"], ["name", "name"]):
    s.bad(f"versions in a bad order {', '.join(order)}", versions(order_by=order))
s.ok("versions page 1", versions(max_results=2), save={"vtoken": "next_page_token"})
s.ok("versions page 2", versions(max_results=2, page_token="${vtoken}"), save={"vtoken2": "next_page_token"})
s.ok("versions page 3", versions(max_results=2, page_token="${vtoken2}"))
s.ok("versions on an exactly full page", versions(max_results=5))
s.bad("versions with a bad token", versions(page_token="zzz"))
s.see("versions max_results 0", versions(max_results=0))
s.bad("versions max_results -1", versions(max_results=-1))
s.ok("versions max_results 200000", versions(max_results=200000))
s.bad("versions max_results 200001", versions(max_results=200001))
s.bad("versions max_results x", versions(max_results="x"))
s.bad("models by POST", f"POST {RM}/search", {"filter": "name = 'sr-a'", "max_results": "100"})
s.bad("versions by POST", f"POST {MV}/search", {"filter": "name = 'sr-a'"})
