/** The weights of a blend, as a person gave them. */
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';

/** Defines `params` (the weights by name of the trial) and `predicted` of the validated rows. */
export function givenWeightsPart(weights: Readonly<Record<string, number>>): Part {
  const code = `params = ${pythonLiteral(weights)}
predictions = np.stack([predictions_by[name] for name in params])
predicted = np.average(predictions, axis=0, weights=list(params.values()))`;
  return section('fit', 'Weights', 'Change them here and run the notebook again.', code, []);
}
