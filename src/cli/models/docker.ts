import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeImageFolder } from '../../serving/docker/image-folder.ts';
import type { ImageWish } from '../../serving/docker/dockerfile.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { envManagerOf, scorerFlags } from './scorer-flags.ts';
import { fetched } from './serve.ts';

const imageFlags = {
  'model-uri': {
    ...scorerFlags['model-uri'],
    required: false,
    fallback: 'none: it is mounted at /opt/ml/model when a container starts',
  },
  'env-manager': {
    ...scorerFlags['env-manager'],
    fallback: "local: the image's own Python",
  },
  'install-java': {
    type: 'string',
    value: 'BOOLEAN',
    fallback: 'false',
    meaning: 'install Java for models that need it',
  },
  'install-mlflow': { type: 'boolean', meaning: 'install the release of MLflow that saved the model' },
  'enable-mlserver': { type: 'boolean', meaning: 'not offered here' },
} as const;

interface GivenImage {
  readonly 'model-uri'?: string | undefined;
  readonly 'env-manager'?: string | undefined;
  readonly 'install-java'?: string | undefined;
  readonly 'install-mlflow'?: boolean | undefined;
  readonly 'enable-mlserver'?: boolean | undefined;
}

export const generateDockerfile = action({
  name: 'generate-dockerfile',
  summary: 'write a folder with a Dockerfile whose image serves a model',
  detail: `The folder holds the model and Modelyard itself, so a docker engine anywhere can build it: docker build FOLDER.
What the model needs is installed when the image is built. The image serves at port 8080.`,
  flags: {
    ...imageFlags,
    'output-directory': {
      type: 'string',
      short: 'd',
      value: 'FOLDER',
      fallback: 'mlflow-dockerfile',
      meaning: 'where to; a new or an empty folder',
    },
  },
  example: 'modelyard models generate-dockerfile -m models:/churn@champion -d churn-image',
  async run(given, out) {
    const folder = given['output-directory'] ?? 'mlflow-dockerfile';
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new CommandError(`${folder} holds something already. Choose another folder, or empty it.`);
    }
    writeImageFolder(folder, await wishOf(given));
    out.done({ path: folder }, `Wrote ${folder}. The image is built by: docker build -t NAME ${folder}`);
  },
});

export const buildDocker = action({
  name: 'build-docker',
  summary: 'build a docker image that serves a model',
  detail: 'The same image as that of generate-dockerfile, built by the docker that is here.',
  flags: {
    ...imageFlags,
    name: {
      type: 'string',
      short: 'n',
      value: 'NAME',
      fallback: 'mlflow-pyfunc-servable',
      meaning: "the image's name",
    },
  },
  example: 'modelyard models build-docker -m models:/churn@champion -n churn\ndocker run -p 5001:8080 churn',
  async run(given, out) {
    const name = given.name ?? 'mlflow-pyfunc-servable';
    const docker = Bun.which('docker');
    if (docker === null) {
      throw new CommandError(
        'there is no docker here. modelyard models generate-dockerfile writes the folder that one elsewhere builds.',
      );
    }
    const wish = await wishOf(given);
    const folder = mkdtempSync(join(tmpdir(), 'modelyard-image-'));
    try {
      writeImageFolder(folder, wish);
      const build = Bun.spawn([docker, 'build', '-t', name, folder], { stdin: 'ignore', stdout: 2, stderr: 'inherit' });
      const code = await build.exited;
      if (code !== 0) throw new CommandError(`docker build ended with ${code}; what it wrote stands above.`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    out.done({ name }, `Built the image ${name}. It serves with: docker run -p 5001:8080 ${name}`);
  },
});

async function wishOf(given: GivenImage): Promise<ImageWish> {
  if (given['enable-mlserver'] === true) {
    throw new CommandError(
      '--enable-mlserver is not offered: Modelyard itself serves, with queue and workers. Leave it out.',
      2,
    );
  }
  const java = given['install-java'] ?? 'false';
  if (!/^(true|false)$/i.test(java)) throw new CommandError(`--install-java takes true or false, not '${java}'`, 2);
  const uri = given['model-uri'];
  const envManager = given['env-manager'] === undefined ? undefined : envManagerOf(given);
  const model = uri === undefined ? undefined : await fetched(uri);
  const served = ['python_function', 'onnx', 'crate'];
  if (model && !served.some((flavor) => Object.hasOwn(model.flavors, flavor))) {
    throw new CommandError(`${model.uri} has none of the flavors that are served: ${served.join(', ')}.`);
  }
  const mlflow = given['install-mlflow'] === true ? model?.mlflowVersion : undefined;
  return { model, envManager, installJava: java.toLowerCase() === 'true', mlflow };
}
