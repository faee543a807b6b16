/** A folder with a small pipeline that can be built as it is. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PipelineError } from '../pipeline.ts';

const files: Readonly<Record<string, string>> = {
  'pipeline.yaml': `# A task is a source, what it makes, and its params. What it takes of others stands in its source.
tasks:
  - source: tasks.load
    product: "{{products}}/raw.csv"
    params:
      rows: "{{rows}}"

  - source: tasks.clean
    product: "{{products}}/clean.csv"
    on_finish: tasks.check_clean

  # One task for each value.
  - source: tasks.summarise
    name: summarise-[[column]]
    product: "{{products}}/summary.json"
    grid:
      column: [height, weight]

  - source: tasks.report
    product: "{{products}}/report.md"
`,
  'env.yaml': `# Values of {{placeholders}}; another one for one build: modelyard pipeline build --env--rows 10
products: products
rows: 100
`,
  'tasks.py': `"""The steps of the pipeline, with what comes with Python alone."""
import csv
import json
import random
from pathlib import Path


def load(product, rows):
    """Make up people with a height and a weight"""
    chance = random.Random(0)
    with open(str(product), "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["height", "weight"])
        for _ in range(rows):
            height = chance.gauss(172, 9)
            table.writerow([round(height, 1), "" if chance.random() < 0.1 else round(height - 100 + chance.gauss(0, 8), 1)])


def clean(product, upstream):
    """Leave out what is incomplete"""
    with open(str(upstream["load"]), newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row.values())]
    with open(str(product), "w", newline="") as file:
        table = csv.DictWriter(file, ["height", "weight"])
        table.writeheader()
        table.writerows(rows)


def check_clean(product):
    with open(str(product), newline="") as file:
        assert all(all(row.values()) for row in csv.DictReader(file)), "a value is missing"


def summarise(product, upstream, column):
    """Count and average a column"""
    with open(str(upstream["clean"]), newline="") as file:
        values = [float(row[column]) for row in csv.DictReader(file)]
    summary = {"column": column, "count": len(values), "mean": sum(values) / len(values)}
    Path(str(product)).write_text(json.dumps(summary))


def report(product, upstream):
    """Write the summaries as one text"""
    summaries = [json.loads(Path(str(one)).read_text()) for one in upstream["summarise-*"].values()]
    lines = [f"- {one['column']}: {one['mean']:.1f} on average of {one['count']}" for one in summaries]
    Path(str(product)).write_text("# Summary\\n\\n" + "\\n".join(lines) + "\\n")
`,
  '.gitignore': 'products/\n.modelyard/\n__pycache__/\n',
};

/** @returns the paths of what was made @throws PipelineError when the folder holds something */
export function newPipeline(folder: string): string[] {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new PipelineError(`${folder} is not empty. Give the name of a new folder.`);
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
  return Object.keys(files).map((name) => join(folder, name));
}
