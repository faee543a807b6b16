/** Sources that run as they are and leave their product empty. */
import type { TaskKind } from '../../protocol/pipeline-record.ts';

type Template = (name: string, params: readonly string[]) => string;

const script: Template = (name, params) => `# %% [markdown]
# ${name}

# %% tags=["parameters"]
# The tasks whose products this one takes, such as ["load"].
upstream = None
product = None
${params.map((param) => `${param} = None\n`).join('')}
# %%
from pathlib import Path

# The executed notebook is the product "nb"; write the others here.
${params.length > 0 ? `print(${params.join(', ')})\n` : ''}outputs = product if isinstance(product, dict) else {"nb": product}
for key, path in outputs.items():
    if key != "nb":
        Path(path).write_text("")
`;

export function functionTemplate(name: string, params: readonly string[]): string {
  const all = ['product', ...params].join(', ');
  return `def ${name}(${all}):
    """What this task does"""
    # Take products of other tasks with an argument "upstream": upstream["load"]
    for path in product.values() if hasattr(product, "values") else [product]:
        open(str(path), "w").close()
`;
}

const notebook: Template = (name, params) => {
  const cell = (type: string, text: string, tags: readonly string[] = []): object => ({
    cell_type: type,
    id: `${name.replace(/[^\w-]/g, '-').slice(0, 40)}-${type}-${tags.length}`,
    metadata: tags.length > 0 ? { tags } : {},
    ...(type === 'code' ? { execution_count: null, outputs: [] } : {}),
    source: text,
  });
  const values = ['upstream = None', 'product = None', ...params.map((param) => `${param} = None`)];
  const cells = [
    cell('markdown', `# ${name}`),
    cell('code', values.join('\n'), ['parameters']),
    cell('code', 'print(product)'),
  ];
  const kernel = { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } };
  return `${JSON.stringify({ cells, metadata: kernel, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
};

const sql: Template = (name) => `-- ${name}
-- The table of another task is upstream["load"], in two braces as product below.
DROP TABLE IF EXISTS {{ product }};

CREATE TABLE {{ product }} AS
SELECT 1 AS one;
`;

const shell: Template = (name) => `#!/bin/sh
# ${name}
# The product of another task is upstream["load"], in two braces as product below.
set -eu
: > "{{ product }}"
`;

const typescript: Template = (name, params) => `/** ${name} */
import { writeFileSync } from 'node:fs';

/** The tasks whose products this one takes. */
export const upstream: string[] = [];
${params.length > 0 ? `\nexport const params = { ${params.map((param) => `${param}: undefined as unknown`).join(', ')} };\n` : ''}
interface Task {
  product: string | Record<string, string>;
}

export default function run({ product }: Task): void {
  for (const path of typeof product === 'string' ? [product] : Object.values(product)) writeFileSync(path, '');
}
`;

export const templates: Readonly<Record<Exclude<TaskKind, 'function'>, Template>> = {
  script,
  notebook,
  sql,
  shell,
  typescript,
};
