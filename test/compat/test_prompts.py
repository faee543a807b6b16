"""Prompts are registered models with tags of their own to the server; mlflow.genai does the rest."""

import mlflow
import pytest
from mlflow.exceptions import MlflowException


def test_prompts(client, unique):
    name = unique("prompt")
    first = mlflow.genai.register_prompt(name=name, template="Say {{word}}.", commit_message="first", tags={"k": "v"})
    assert [first.version, first.variables, first.commit_message] == [1, {"word"}, "first"]
    chat = [{"role": "system", "content": "Be {{manner}}."}, {"role": "user", "content": "{{question}}"}]
    second = mlflow.genai.register_prompt(name=name, template=chat)
    assert second.version == 2
    mlflow.genai.set_prompt_alias(name, "live", 1)

    assert mlflow.genai.load_prompt(f"prompts:/{name}/1").format(word="hello") == "Say hello."
    assert mlflow.genai.load_prompt(f"prompts:/{name}@live").version == 1
    assert mlflow.genai.load_prompt(f"prompts:/{name}@latest").template == chat
    mlflow.genai.set_prompt_tag(name, "team", "a")
    mlflow.genai.set_prompt_version_tag(name, 2, "tried", "yes")
    assert mlflow.genai.get_prompt_tags(name)["team"] == "a"
    assert mlflow.genai.load_prompt(name, version=2).tags["tried"] == "yes"

    assert [prompt.name for prompt in mlflow.genai.search_prompts(f"name = '{name}'")] == [name]
    # A prompt is none of the models, and not taken for one.
    assert name not in {model.name for model in client.search_registered_models()}
    with pytest.raises(MlflowException, match="not found"):
        client.get_model_version_download_uri(name, "1")


def test_deleted_prompts(client, unique):
    name = unique("prompt")
    mlflow.genai.register_prompt(name=name, template="a")
    mlflow.genai.set_prompt_alias(name, "live", 1)
    mlflow.genai.delete_prompt_alias(name, "live")
    with pytest.raises(MlflowException, match="live"):
        mlflow.genai.load_prompt(f"prompts:/{name}@live")
    client.delete_prompt_version(name, "1")
    client.delete_prompt(name)
    assert mlflow.genai.load_prompt(f"prompts:/{name}/1", allow_missing=True) is None
    assert list(mlflow.genai.search_prompts(f"name = '{name}'")) == []
