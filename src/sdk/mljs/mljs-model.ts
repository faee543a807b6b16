/** A model of the mljs family as it is logged: what its `toJSON` says. */
import type { ModelContent } from '../models/logged-model.ts';
import type { Signature } from '../models/signature.ts';
import { kindOf, type MljsModel } from './library.ts';

export const mljsFile = 'model.json';

/**
 * @param model trained, of a class such as `RandomForestClassifier` of ml-random-forest or `KNN` of ml-knn
 * @throws TypeError for a class that is not known
 */
export function mljsModel(model: MljsModel, signature?: Signature): ModelContent {
  const { name } = model.constructor;
  const flavor = { class: name, data: mljsFile, package: kindOf(name).package };
  return {
    files: { [mljsFile]: new TextEncoder().encode(JSON.stringify(model)) },
    flavors: { mljs: flavor },
    ...(signature === undefined ? {} : { signature }),
  };
}
