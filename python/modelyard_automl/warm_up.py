"""What libraries do when they are first used, done before the first fork instead of in each. None of it starts a thread."""

import io
import sys
import tempfile

from .shell import Shell


def warm_up(shell: Shell) -> None:
    for source in ("'text'", "raise ValueError"):
        shell.run_cell(source, store_history=False)
    shell.outputs.take()
    if "matplotlib.pyplot" in sys.modules:
        draw()
    if "mlflow.sklearn" in sys.modules:
        save_model()


def draw() -> None:
    """Finds the fonts."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(1, 1))
    axes.plot([0, 1], label="line")
    axes.set_title("Title")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close(figure)


def save_model() -> None:
    """Finds which packages are installed."""
    import mlflow.sklearn
    import pandas as pd
    from mlflow.models import infer_signature
    from sklearn.dummy import DummyClassifier

    frame = pd.DataFrame({"x": [0.0, 1.0]})
    model = DummyClassifier().fit(frame, [0, 1])
    with tempfile.TemporaryDirectory() as folder:
        mlflow.sklearn.save_model(
            model,
            f"{folder}/model",
            serialization_format="cloudpickle",
            signature=infer_signature(frame, model.predict(frame)),
            input_example=frame,
            pip_requirements=["scikit-learn"],
        )
    try:
        import git as _  # Runs are tagged by it.
    except ImportError:
        pass
