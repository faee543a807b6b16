/** How to go on with a model. */
import type { Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';

export function usePart({ kind }: Task): Part {
  const probabilities = kind === 'regression' ? '' : '\nmodel.predict_proba(X.head())';
  const source = `## Use the model

\`\`\`python
model = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/model")
model.predict(X.head())${probabilities}

mlflow.register_model(f"runs:/{run.info.run_id}/model", "my-model")
\`\`\`

Served: \`mlflow models serve -m models:/my-model/1\`, or \`modelyard models serve\` with the same arguments.`;
  return { imports: [], cells: [{ id: 'use', kind: 'markdown', source, tags: ['inference'] }] };
}
