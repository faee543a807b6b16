"""Experiments: creation, tags, search, and what deletion and restoring allow."""

import mlflow
from error_codes import code_of
from mlflow.entities import ViewType


def test_default_experiment(client):
    default = client.get_experiment("0")
    assert (default.name, default.lifecycle_stage) == ("Default", "active")
    assert client.get_experiment_by_name("Default").experiment_id == "0"


def test_create_with_tags_and_read_back(client, unique):
    name = unique("ünï code / 100% +x & y?")
    tags = {"team": "vision", "empty": "", "mlflow.note.content": "# Notes\nof two lines"}
    experiment_id = client.create_experiment(name, tags=tags)
    stored = client.get_experiment(experiment_id)
    assert stored.name == name
    assert stored.tags == tags
    assert stored.creation_time == stored.last_update_time > 1_700_000_000_000
    assert stored.artifact_location == f"mlflow-artifacts:/{experiment_id}"
    assert client.get_experiment_by_name(name).experiment_id == experiment_id
    assert client.get_experiment_by_name(unique("none")) is None


def test_artifact_location_is_kept(client, unique, tmp_path):
    experiment_id = client.create_experiment(unique("located"), artifact_location=f"file://{tmp_path}/here")
    assert client.get_experiment(experiment_id).artifact_location == f"file://{tmp_path}/here"
    run = client.create_run(experiment_id)
    assert run.info.artifact_uri == f"file://{tmp_path}/here/{run.info.run_id}/artifacts"
    client.log_text(run.info.run_id, "direct", "a.txt")
    assert (tmp_path / "here" / run.info.run_id / "artifacts" / "a.txt").read_text() == "direct"


def test_tags_and_names_change(client, unique):
    experiment_id = client.create_experiment(unique("before"))
    client.set_experiment_tag(experiment_id, "stage", "one")
    client.set_experiment_tag(experiment_id, "stage", "two")
    client.set_experiment_tag(experiment_id, "gone", "soon")
    client.delete_experiment_tag(experiment_id, "gone")
    after = unique("after")
    client.rename_experiment(experiment_id, after)
    stored = client.get_experiment(experiment_id)
    assert stored.tags == {"stage": "two"}
    assert stored.name == after
    assert stored.last_update_time >= stored.creation_time


def test_search_by_name_and_tags(client, unique):
    group = unique("group")
    names = {}
    for team, size in (("vision", "big"), ("vision", "small"), ("speech", "big")):
        name = f"{group} {team} {size}"
        client.create_experiment(name, tags={"group": group, "team": team, "size": size})
        names[team, size] = name

    def found(filter_string, **options):
        return [item.name for item in mlflow.search_experiments(filter_string=filter_string, **options)]

    in_group = f"tags.group = '{group}'"
    everything = list(names.values())
    assert found(in_group) == everything[::-1]
    assert found(in_group, order_by=["name"]) == sorted(everything)
    assert found(in_group, order_by=["experiment_id ASC"]) == everything
    assert found(in_group, order_by=["creation_time DESC", "name"])[0] in everything
    assert found(f"{in_group} AND tags.team = 'vision' AND tags.size = 'big'") == [names["vision", "big"]]
    assert found(f"{in_group} AND tags.team != 'vision'") == [names["speech", "big"]]
    assert found(f"name LIKE '{group} vision%'", order_by=["name"]) == sorted(everything)[1:]
    assert found(f"attribute.name ILIKE '{group.upper()} SPEECH%'") == [names["speech", "big"]]
    assert found(f"tags.`group` = '{group}' AND tags.\"size\" LIKE 'sm_ll'") == [names["vision", "small"]]
    assert (
        found(f"{in_group} AND creation_time > 1700000000000 AND last_update_time < 99999999999999") == everything[::-1]
    )
    assert found(in_group, max_results=2) == everything[:0:-1]
    for bad in ("name > 'a'", "bogus = 'a'", "name = a", "tags.group", f"{in_group} OR name = 'x'"):
        assert code_of(found, bad) == "INVALID_PARAMETER_VALUE", bad


def test_search_pages(client, unique):
    group = unique("paged")
    ids = [client.create_experiment(f"{group}-{number}", tags={"group": group}) for number in range(5)]
    seen, token = [], None
    while True:
        page = client.search_experiments(
            filter_string=f"tags.group = '{group}'", max_results=2, order_by=["experiment_id"], page_token=token
        )
        seen += [item.experiment_id for item in page]
        token = page.token
        if not token:
            break
    assert seen == ids


def test_deleted_experiment(client, unique):
    name = unique("deleted")
    experiment_id = client.create_experiment(name)
    run = client.create_run(experiment_id)
    client.log_metric(run.info.run_id, "kept", 1.5)
    client.delete_experiment(experiment_id)

    assert client.get_experiment(experiment_id).lifecycle_stage == "deleted"
    assert client.get_run(run.info.run_id).info.lifecycle_stage == "deleted"
    assert name not in {item.name for item in client.search_experiments()}
    deleted = client.search_experiments(view_type=ViewType.DELETED_ONLY, filter_string=f"name = '{name}'")
    assert [item.experiment_id for item in deleted] == [experiment_id]
    assert len(client.search_experiments(view_type=ViewType.ALL, filter_string=f"name = '{name}'")) == 1

    # Its name stays taken, and nothing can be added to it.
    assert code_of(client.create_experiment, name) == "RESOURCE_ALREADY_EXISTS"
    assert code_of(mlflow.set_experiment, name) == "INVALID_PARAMETER_VALUE"
    assert code_of(client.create_run, experiment_id) == "INVALID_PARAMETER_VALUE"
    assert code_of(client.set_experiment_tag, experiment_id, "a", "b") == "INVALID_PARAMETER_VALUE"
    assert code_of(client.delete_experiment, experiment_id) == "RESOURCE_DOES_NOT_EXIST"

    client.restore_experiment(experiment_id)
    assert client.get_experiment(experiment_id).lifecycle_stage == "active"
    restored = client.get_run(run.info.run_id)
    assert restored.info.lifecycle_stage == "active"
    assert restored.data.metrics == {"kept": 1.5}
    assert code_of(client.restore_experiment, experiment_id) == "RESOURCE_DOES_NOT_EXIST"


def test_name_rules(client, unique):
    name = unique("taken")
    first = client.create_experiment(name)
    assert code_of(client.create_experiment, name) == "RESOURCE_ALREADY_EXISTS"
    client.rename_experiment(first, unique("free again"))
    second = client.create_experiment(name)
    assert second != first
    assert code_of(client.rename_experiment, first, name) in ("RESOURCE_ALREADY_EXISTS", "BAD_REQUEST")
    for bad in ("", None):
        assert code_of(client.create_experiment, bad) == "INVALID_PARAMETER_VALUE", bad
    assert code_of(client.create_experiment, "x" * 501) == "INVALID_PARAMETER_VALUE"
    assert code_of(client.get_experiment, "987654321") == "RESOURCE_DOES_NOT_EXIST"
    assert code_of(client.get_experiment, "not a number") in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")
