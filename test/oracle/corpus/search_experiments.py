"""Searching experiments: filters, order, view types, pages, by POST and by GET."""
from script import Script

s = Script("search_experiments")
SEARCH = "POST experiments/search"
OURS = "name LIKE 'se-%'"

for number, name in enumerate(["se-a", "se-B", "se-c", "se-d%", "se-ü"], 1):
    s.ok(f"create {name}", "POST experiments/create", {
        "name": name, "tags": [{"key": "n", "value": str(number)}, {"key": "odd", "value": "yes" if number % 2 else "no"}]},
        save={f"e{number}": "experiment_id"})
s.ok("delete se-c", "POST experiments/delete", {"experiment_id": "${e3}"})


def search(filter=OURS, **fields):
    return {"max_results": 100, "filter": filter, **fields}


s.ok("all of ours", SEARCH, search())
s.ok("by ajax-api", "POST /ajax-api/2.0/mlflow/experiments/search", search())
s.ok("by GET", "GET experiments/search?max_results=100&filter=name%20LIKE%20%27se-%25%27")
s.ok("by GET with a view and an order",
     "GET experiments/search?max_results=100&filter=name%20LIKE%20%27se-%25%27&view_type=ALL&order_by=name%20DESC")
for view in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL", 1, 3):
    s.ok(f"view {view}", SEARCH, search(view_type=view))
s.see("an unknown view", SEARCH, search(view_type="FOO"))
s.see("an unknown view by GET", "GET experiments/search?max_results=1&view_type=FOO")
for text in (
    "name = 'se-a'", "name = 'SE-A'", "name != 'se-a' AND name LIKE 'se-%'", "name LIKE 'SE-%'", "name ILIKE 'SE-B'",
    "attribute.name = 'se-a'", "attributes.name = 'se-a'", "attr.name = 'se-a'", "name = \"se-a\"", "tags.n = '2'",
    "tag.n = '2'", "tags.`n` = '2'", "tags.n != '2' AND name LIKE 'se-%'", "tags.odd LIKE 'y%'", "tags.odd ILIKE 'YES'",
    "tags.odd = 'yes' AND name ILIKE '%A'", "name LIKE 'se-%' AND creation_time > 0", "name LIKE 'se-%' AND last_update_time > 0",
    "name LIKE 'se-%' AND creation_time < 100", "name IN ('se-a')", "experiment_id = '${e1}'", "name LIKE 'se-d\\%'",
    "lifecycle_stage = 'active'", "name = 'se-ü'", "tags.n IS NULL AND name LIKE 'se-%'", "tags.none IS NULL AND name LIKE 'se-%'",
    "experiment_id IN ('${e1}', '${e2}')", "name = 'se-a' AND",
):
    s.see(f"filter {text}", SEARCH, search(text))
for text in (
    "name", "name = a", "name = 'a", "name > 'a'", "foo = 'a'", "name = 'a' OR name = 'b'", "name = 1", "tags.n > '1'",
    "tags.n = 1", "tags.n", "creation_time > 'x'", "creation_time LIKE '1'", "params.x = '1'", "metrics.x > 1",
    "artifact_location = 'x'", "NOT name = 'a'", "name == 'a'", "name IS NULL", "creation_time > 1.5",
):
    s.bad(f"bad filter {text}", SEARCH, search(text))
for order in (["name"], ["name ASC"], ["name DESC"], ["experiment_id DESC"], ["attribute.name DESC"], ["creation_time ASC"],
              ["creation_time DESC"], ["last_update_time DESC"], ["last_update_time ASC", "name DESC"], ["`name` asc"]):
    s.see(f"order by {', '.join(order)}", SEARCH, search(order_by=order))
for order in (["foo"], ["name ASCC"], ["name ASC DESC"], [""], ["tags.n"], ["name, experiment_id"], ["lifecycle_stage"]):
    s.bad(f"bad order {', '.join(order)}", SEARCH, search(order_by=order))
s.ok("page 1", SEARCH, search(max_results=2, order_by=["name"]), save={"t1": "next_page_token"})
s.ok("page 2", SEARCH, search(max_results=2, order_by=["name"], page_token="${t1}"))
s.ok("an exactly full page", SEARCH, search(max_results=4))
s.ok("page 2 by GET",
     "GET experiments/search?max_results=2&order_by=name&filter=name%20LIKE%20%27se-%25%27&page_token=${t1}")
s.bad("a bad token", SEARCH, search(page_token="zzz"))
s.bad("a token of other text", SEARCH, search(page_token="eyJhIjogMX0="))
s.see("an empty token", SEARCH, search(page_token=""))
s.see("an empty body", SEARCH, {})
s.bad("max_results 0", SEARCH, search(max_results=0))
s.bad("max_results -1", SEARCH, search(max_results=-1))
s.ok("max_results 50000", SEARCH, search(max_results=50000))
s.bad("max_results 50001", SEARCH, search(max_results=50001))
s.ok("max_results as a text", SEARCH, search(max_results="2"))
s.bad("max_results that is no number", SEARCH, search(max_results="abc"))
s.bad("order as a text", SEARCH, search(order_by="name"))
s.see("by GET without anything", "GET experiments/search")
s.bad("by GET max_results x", "GET experiments/search?max_results=x")
