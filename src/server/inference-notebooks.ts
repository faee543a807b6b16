/** Notebooks that score with versions of registered models. */
import { isOutOfReach, type ArtifactRepository } from '../artifacts/artifact-repository.ts';
import { describedModel, type ModelDescription } from '../models/model-folder.ts';
import { inferenceNotebook } from '../models/notebook/inference-notebook.ts';
import { ApiError, doesNotExist } from '../protocol/errors.ts';
import type { getInferenceNotebook } from '../protocol/registry-views.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { ModelVersionService } from '../registry/model-version-service.ts';

type Request = Decoded<typeof getInferenceNotebook.request>;
type Answer = Encoded<typeof getInferenceNotebook.response>;

/** Bytes; a larger file is no MLmodel file. */
const largest = 4 * 1024 * 1024;

export class InferenceNotebooks {
  readonly #versions: ModelVersionService;
  readonly #artifacts: ArtifactRepository | undefined;

  constructor(versions: ModelVersionService, artifacts: ArtifactRepository | undefined) {
    this.#versions = versions;
    this.#artifacts = artifacts;
  }

  async notebook({ name, version, kind, tracking_uri, endpoint }: Request): Promise<Answer> {
    const model = await this.#describe(await this.#versions.downloadUri(name, version));
    const uri = `models:/${name}/${version}`;
    return {
      file_name: `${name.replace(/[^\w.-]+/g, '-')}-${version}-${kind}.ipynb`,
      notebook: inferenceNotebook({ kind, uri, model, trackingUri: tracking_uri, endpoint }),
    };
  }

  async #describe(location: string): Promise<Pick<ModelDescription, 'flavors' | 'inputs'>> {
    try {
      const file = await this.#artifacts?.storeFor(location).open('MLmodel');
      if (!file || file.size > largest) throw doesNotExist(`There is no MLmodel file at ${location}: it is no model.`);
      return describedModel(await new Response(await file.body()).text());
    } catch (error) {
      // What clients alone can reach is a model of Python as most are, whose columns the notebook does not know.
      if (isOutOfReach(error)) return { flavors: { python_function: {} }, inputs: undefined };
      if (!(error instanceof SyntaxError)) throw error;
      throw new ApiError('INVALID_STATE', `The MLmodel file at ${location} cannot be read: ${error.message}`);
    }
  }
}
