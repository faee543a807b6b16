/** Pictures of a notebook: drawn once, shown and logged with the numbers in them, which pages draw. */

/** Takes `run`; defines `keep(name, figure, numbers)`. */
export const keepPlotCode = `pictures = Path(tempfile.mkdtemp())


def keep(name, figure, numbers):
    """Shows a picture, and logs it with the numbers in it."""
    figure.savefig(pictures / f"{name}.png")
    plt.close(figure)
    (pictures / f"{name}.json").write_text(json.dumps(numbers))
    for ending in ("png", "json"):
        mlflow.log_artifact(pictures / f"{name}.{ending}", "plots", run_id=run.info.run_id)
    display(Image(pictures / f"{name}.png"))`;

export const keepPlotImports: readonly string[] = [
  'json',
  'tempfile',
  'pathlib:Path',
  'IPython.display:Image',
  'IPython.display:display',
  'matplotlib.pyplot as plt',
];
