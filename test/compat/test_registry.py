"""The model registry: models, versions, stages, aliases, tags, search, renaming, copying and deletion."""

import mlflow
import pytest
from error_codes import code_of


@pytest.fixture
def model(client, unique, run):
    """A registered model with three versions, all from one run."""
    name = unique("model")
    client.create_registered_model(name, tags={"team": "vision"}, description="first")
    for number in (1, 2, 3):
        source = f"{run.info.artifact_uri}/m{number}"
        client.create_model_version(name, source, run.info.run_id, tags={"n": str(number)})
    return name


def numbers(versions):
    return [int(version.version) for version in versions]


def test_create_and_describe(client, unique):
    name = unique("ä model + 100%")
    made = client.create_registered_model(name, tags={"a": "1", "b": "ü"}, description="one")
    assert (made.name, made.description, made.tags) == (name, "one", {"a": "1", "b": "ü"})
    assert made.latest_versions == []
    client.update_registered_model(name, "two")
    client.set_registered_model_tag(name, "a", "2")
    client.delete_registered_model_tag(name, "b")
    stored = client.get_registered_model(name)
    assert (stored.description, stored.tags) == ("two", {"a": "2"})
    assert stored.last_updated_timestamp >= stored.creation_timestamp
    assert code_of(client.create_registered_model, name) == "RESOURCE_ALREADY_EXISTS"
    for bad in ("", "a/b", "a:b"):
        assert code_of(client.create_registered_model, bad) == "INVALID_PARAMETER_VALUE", bad
    assert code_of(client.get_registered_model, unique("none")) == "RESOURCE_DOES_NOT_EXIST"


def test_versions(client, model, run):
    made = client.create_model_version(
        model, f"{run.info.artifact_uri}/m", run.info.run_id, tags={"t": "1"}, description="of a run"
    )
    assert (int(made.version), made.status, made.current_stage) == (4, "READY", "None")
    assert (made.run_id, made.description, made.tags) == (run.info.run_id, "of a run", {"t": "1"})
    client.update_model_version(model, "4", "better")
    client.set_model_version_tag(model, "4", "t", "2")
    client.set_model_version_tag(model, "4", "u", "3")
    client.delete_model_version_tag(model, "4", "t")
    stored = client.get_model_version(model, "4")
    assert (stored.description, stored.tags) == ("better", {"u": "3"})
    assert client.get_model_version_download_uri(model, "4") == f"{run.info.artifact_uri}/m"
    assert code_of(client.get_model_version, model, "5") == "RESOURCE_DOES_NOT_EXIST"
    assert code_of(client.get_model_version, model, "x") == "INVALID_PARAMETER_VALUE"
    source = f"{run.info.artifact_uri}/m"
    assert code_of(client.create_model_version, "no such name", source, run.info.run_id) == "RESOURCE_DOES_NOT_EXIST"
    outside = f"{run.info.artifact_uri}/../../x"
    for bad in ("/etc/passwd", "file:///etc/passwd", outside, "mlflow-artifacts://host/a/../b"):
        assert code_of(client.create_model_version, model, bad, run.info.run_id) == "INVALID_PARAMETER_VALUE", bad


def test_numbers_of_the_middle_are_not_used_again(client, model, run):
    client.delete_model_version(model, "2")
    made = client.create_model_version(model, f"{run.info.artifact_uri}/x", run.info.run_id)
    assert int(made.version) == 4
    client.delete_model_version(model, "4")
    assert code_of(client.delete_model_version, model, "2") == "RESOURCE_DOES_NOT_EXIST"
    assert numbers(client.search_model_versions(f"name = '{model}'", order_by=["version_number ASC"])) == [1, 3]


@pytest.mark.filterwarnings("ignore:.*stages.*:FutureWarning")
def test_stages(client, model):
    def stages():
        return {
            int(version.version): version.current_stage for version in client.search_model_versions(f"name='{model}'")
        }

    assert client.transition_model_version_stage(model, "1", "Production").current_stage == "Production"
    client.transition_model_version_stage(model, "2", "Staging")
    client.transition_model_version_stage(model, "3", "production", archive_existing_versions=True)
    assert stages() == {1: "Archived", 2: "Staging", 3: "Production"}
    client.transition_model_version_stage(model, "1", "Production")
    assert stages() == {1: "Production", 2: "Staging", 3: "Production"}
    latest = {version.current_stage: int(version.version) for version in client.get_latest_versions(model)}
    assert latest == {"Production": 3, "Staging": 2}
    assert numbers(client.get_latest_versions(model, ["Production", "Staging"])) in ([3, 2], [2, 3])
    assert client.get_latest_versions(model, ["Archived"]) == []
    client.transition_model_version_stage(model, "2", "None")
    assert client.get_model_version(model, "2").current_stage == "None"
    assert code_of(client.transition_model_version_stage, model, "1", "Bogus") == "INVALID_PARAMETER_VALUE"
    assert code_of(client.get_latest_versions, model, ["Bogus"]) == "INVALID_PARAMETER_VALUE"
    refused = code_of(client.transition_model_version_stage, model, "1", "Archived", archive_existing_versions=True)
    # The caller's mistake, which MLflow answers with status 500.
    assert refused in ("INVALID_PARAMETER_VALUE", "INTERNAL_ERROR")


def test_aliases(client, model):
    client.set_registered_model_alias(model, "champion", "1")
    client.set_registered_model_alias(model, "Challenger-2", "2")
    client.set_registered_model_alias(model, "champion", "3")
    assert int(client.get_model_version_by_alias(model, "champion").version) == 3
    assert client.get_registered_model(model).aliases == {"Challenger-2": "2", "champion": "3"}
    assert client.get_model_version(model, "3").aliases == ["champion"]
    assert client.get_model_version(model, "1").aliases == []
    client.delete_registered_model_alias(model, "champion")
    client.delete_registered_model_alias(model, "champion")
    assert code_of(client.get_model_version_by_alias, model, "champion") == "INVALID_PARAMETER_VALUE"
    for bad in ("latest", "v1", "V22", "a b", "a/b", ""):
        assert code_of(client.set_registered_model_alias, model, bad, "1") == "INVALID_PARAMETER_VALUE", bad
    assert code_of(client.set_registered_model_alias, model, "ok", "9") == "RESOURCE_DOES_NOT_EXIST"
    client.delete_model_version(model, "2")
    assert client.get_registered_model(model).aliases == {}


def test_rename_keeps_everything(client, model, unique):
    client.set_registered_model_alias(model, "champion", "2")
    new = unique("renamed")
    client.rename_registered_model(model, new)
    stored = client.get_registered_model(new)
    assert (stored.tags, stored.aliases) == ({"team": "vision"}, {"champion": "2"})
    assert numbers(client.search_model_versions(f"name = '{new}'", order_by=["version_number DESC"])) == [3, 2, 1]
    assert client.get_model_version(new, "2").tags == {"n": "2"}
    assert code_of(client.get_registered_model, model) == "RESOURCE_DOES_NOT_EXIST"
    client.create_registered_model(model)
    assert code_of(client.rename_registered_model, new, model) == "RESOURCE_ALREADY_EXISTS"


def test_copy(client, model, unique, run):
    target = unique("copy")
    client.update_model_version(model, "2", "to copy")
    client.set_registered_model_alias(model, "champion", "2")
    first = client.copy_model_version(f"models:/{model}/2", target)
    second = client.copy_model_version(f"models:/{model}@champion", target)
    assert (int(first.version), int(second.version)) == (1, 2)
    stored = client.get_model_version(target, "1")
    assert (stored.description, stored.tags) == ("to copy", {"n": "2"})
    assert stored.source == f"models:/{model}/2"
    assert client.get_model_version_download_uri(target, "1") == f"{run.info.artifact_uri}/m2"
    with pytest.raises(mlflow.MlflowException, match="not found"):
        client.copy_model_version(f"models:/{model}/9", target)


def test_delete(client, model, run):
    client.set_registered_model_alias(model, "champion", "1")
    client.delete_registered_model(model)
    assert code_of(client.get_registered_model, model) == "RESOURCE_DOES_NOT_EXIST"
    assert client.search_model_versions(f"name = '{model}'") == []
    assert code_of(client.delete_registered_model, model) == "RESOURCE_DOES_NOT_EXIST"
    client.create_registered_model(model)
    assert int(client.create_model_version(model, f"{run.info.artifact_uri}/x", run.info.run_id).version) == 1
    assert client.get_registered_model(model).aliases == {}


def test_search_models(client, unique):
    group = unique("search")
    for number in range(5):
        client.create_registered_model(f"{group}-{number}", tags={"group": group, "even": str(number % 2 == 0)})

    def found(filter_string, **options):
        models = client.search_registered_models(filter_string, **options)
        return "".join(model.name.removeprefix(f"{group}-") for model in models)

    assert found(f"name LIKE '{group}%'") == "01234"
    assert found(f"name ILIKE '{group.upper()}%'", order_by=["name DESC"]) == "43210"
    assert found(f"tags.group = '{group}' AND tags.even = 'True'") == "024"
    assert found(f"tags.group = '{group}' AND tags.even != 'True'") == "13"
    assert found(f"name = '{group}-3'") == "3"
    assert found(f"name != '{group}-3' AND name LIKE '{group}%'") == "0124"
    assert found(f"name LIKE '{group}%'", order_by=["last_updated_timestamp DESC", "name ASC"])[0] in "01234"
    client.set_registered_model_tag(f"{group}-1", "touched", "yes")
    assert found("tags.touched = 'yes' AND tags.`group` LIKE 'search%'") == "1"

    seen, token = [], None
    while True:
        page = client.search_registered_models(f"name LIKE '{group}%'", max_results=2, page_token=token)
        seen += [model.name for model in page]
        token = page.token
        if not token:
            break
    assert seen == [f"{group}-{number}" for number in range(5)]
    for bad in ("bogus = 'x'", "name > 'x'", "name = x", "tags.a = 1"):
        assert code_of(found, bad) == "INVALID_PARAMETER_VALUE", bad


def test_search_versions(client, model, run):
    other = client.create_run(run.info.experiment_id)
    client.create_model_version(model, f"{other.info.artifact_uri}/other", other.info.run_id)

    def found(filter_string, **options):
        return numbers(client.search_model_versions(f"name = '{model}' AND {filter_string}", **options))

    up = {"order_by": ["version_number ASC"]}
    assert found("version_number >= 2", **up) == [2, 3, 4]
    assert found("version_number != 2 AND version_number < 4", **up) == [1, 3]
    assert found(f"run_id = '{other.info.run_id}'") == [4]
    assert found(f"run_id IN ('{other.info.run_id}', 'none')") == [4]
    assert found(f"source_path = '{run.info.artifact_uri}/m2'") == [2]
    assert found("source_path LIKE '%/m_'", **up) == [1, 2, 3]
    assert found("tags.n = '3'") == [3]
    assert found("tags.n != '3'", **up) == [1, 2]
    assert found("version_number > 0", order_by=["version_number DESC"], max_results=2) == [4, 3]
    by_prefix = f"name LIKE '{model[:-1]}%'"
    assert numbers(client.search_model_versions(by_prefix, order_by=["name", "version_number"])) == [1, 2, 3, 4]
    page = client.search_model_versions(f"name = '{model}'", max_results=3, **up)
    rest = client.search_model_versions(f"name = '{model}'", max_results=3, page_token=page.token, **up)
    assert numbers(page) + numbers(rest) == [1, 2, 3, 4]
    for bad in ("bogus = 'x'", "version_number = 'x'", "run_id > 'x'"):
        assert code_of(found, bad) == "INVALID_PARAMETER_VALUE", bad
