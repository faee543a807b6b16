import { describe, expect, test } from 'bun:test';
import { absoluteArtifactLocation, checkArtifactLocation } from './artifact-location.ts';
import { parseArtifactUri } from './artifact-uri.ts';
import { ApiError } from './errors.ts';
import { checkModelVersionSource } from './model-source.ts';
import { decodedForms } from './path-forms.ts';

function refusal(work: () => void): ApiError {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseArtifactUri', () => {
  test.each([
    ['mlflow-artifacts:/a/b', 'mlflow-artifacts', '', 'a/b'],
    ['mlflow-artifacts://host:5000/a/b', 'mlflow-artifacts', 'host:5000', 'a/b'],
    ['mlflow-artifacts:///a/b', 'mlflow-artifacts', '', 'a/b'],
    ['mlflow-artifacts:a', 'mlflow-artifacts', '', 'a'],
    ['mlflow-artifacts:/a%20b%23', 'mlflow-artifacts', '', 'a b#'],
    ['mlflow-artifacts:/100%/%ff', 'mlflow-artifacts', '', '100%/%ff'],
    ['MLFLOW-artifacts:/a', 'mlflow-artifacts', '', 'a'],
    ['/tmp/a%41#b?c', 'file', '', '/tmp/a%41#b?c'],
    ['./rel', 'file', '', './rel'],
    ['C:\\x', 'file', '', 'C:\\x'],
    ['file:///tmp/a%20b', 'file', '', '/tmp/a b'],
    ['file:/tmp/a', 'file', '', '/tmp/a'],
    ['file://host/tmp', 'file', 'host', '/tmp'],
    ['runs:/id/model', 'runs', '', 'id/model'],
    ['models:/name/3', 'models', '', 'name/3'],
    ['models://reg/name/3', 'models', 'reg', 'name/3'],
    ['s3://bucket/a%20b', 's3', 'bucket', '/a%20b'],
    ['dbfs:/x', 'dbfs', '', '/x'],
  ])('%p', (uri, scheme, authority, path) => {
    expect(parseArtifactUri(uri)).toMatchObject({ scheme, authority, path });
  });

  test('keeps query and fragment apart', () => {
    expect(parseArtifactUri('s3://b/x?y=1#z')).toMatchObject({ path: '/x', query: 'y=1', fragment: 'z' });
  });
});

describe('decodedForms', () => {
  test.each([
    ['%2e%2e/', '../'],
    ['%252e', '.'],
    ['%c0%ae%c0%af', './'],
    ['%c0%2e%c1%9c', '.\\'],
    ['%e0%80%ae', '.'],
    ['%f0%80%80%ae', '.'],
    ['%fc%80%80%80%80%ae', '.'],
    ['%u002e', '.'],
    ['%C3%A9é', 'éé'],
    ['%ff', '\ufffd'],
    ['%zz%', '%zz%'],
  ])('%p ends as %p', (text, last) => {
    expect(decodedForms(text)?.at(-1)).toBe(last);
  });

  test('gives up on endless encoding', () => {
    expect(decodedForms(`%${'25'.repeat(30)}2e`)).toBeUndefined();
  });
});

// prettier-ignore
const hostileLocations = [
  '/a/..', '/a/../b', '../x', '..', 'file:///a/../b', 's3://b/../x', 'gs://b/x/..', 'mlflow-artifacts:/../',
  '/a/%2e%2e/b', '/a/%2E./b', '/a/.%2e/b', 's3://b/%252e%252e/x', 's3://b/%25252e%25252e/x', 'file:///%2e%2e',
  '/tmp/..%c0%afx', '/tmp/%c0%ae%c0%ae/x', '/tmp/%e0%80%ae%e0%80%ae/x', '/tmp/%u002e%u002e/x', '/a/..%2fb', '..\\x',
  '/a\\..\\b', '/a%5c..%5cb', '\\\\host\\share', 's3://b\\..\\x', '/a%255cb', '/a/..;/b', '/a/;/../b', '/a/.. /b',
  '/a/.../b', '/a/....//b', 'x#/../', 'x?/../', 'http:///#/../../etc/', '/a#b', '/a#', 's3://b/x#f', '/a;b', 'x;y',
  'mlflow-artifacts:/a;b', 'mlflow-artifacts:/a?b=1', 'mlflow-artifacts:/a?', 'mlflow-artifacts:/a#', '/a?b',
  'file:///a?b', 's3://b/x?y=..', 's3://b/x?a=%2e%2e', 'http://h/x;p', '/a\0b', '/a%00b', 's3://b/\n', '/a\x7f',
  'C:\\x', 'c:/x', 'C:x', '//etc', '//host/share', 'file://host/etc', 'file:////host/x', 'file:///%2Fetc',
  ' file:///etc', ' s3://b/x', '\ts3://b/x', '  ', '/tmp/a ', '%66ile:///etc', 'fil%65:/etc', 'FILE:///etc',
  'MLFLOW-artifacts:/x', 'S3://b/x', 'RUNS:/x', 'runs:/x', 'runs:/id/../../', 'models:/m/1', 'models:/m/1/../..',
  'mlflow-artifacts://h:1/a', 'mlflow-artifacts://evil/../x', `s3://${'x'.repeat(2050)}`, '/a\ud800', '1x:/a',
];

// prettier-ignore
const harmlessLocations = [
  '', '/tmp/al', '/tmp/é', '/tmp/a b', '/tmp/a%23b', '/tmp/a%20b', '/tmp/a.b/..c/d..', 'file:///tmp/al', 'file:/x',
  'file://localhost/x', 's3://b/x', 's3://b/x;p', 's3://b/x?y=1', 's3://b/a b+c', 'gs://b/x', 'gcs://b', 'dbfs:/x',
    'wasbs://c@a/x',   'foo://x',
  'mlflow-artifacts:/a/b', 'mlflow-artifacts:a', 'mlflow-artifacts:///a', 'mlflow-artifacts:/a%20b', 'rel/path', '.',
];

describe('checkArtifactLocation', () => {
  test.each(hostileLocations)('refuses %p', (uri) => {
    expect(refusal(() => checkArtifactLocation(uri)).code).toBe('INVALID_PARAMETER_VALUE');
  });

  test.each(harmlessLocations)('accepts %p', (uri) => {
    expect(() => checkArtifactLocation(uri)).not.toThrow();
  });

  test.each([
    ['s3://b/x#f', "'artifact_location' URL can't include fragments or params."],
    ['x;y', "'artifact_location' URL can't include fragments or params."],
    ['s3://b/x?y=..', 'Invalid query string'],
    ['runs:/x', "Artifact location cannot be a runs:/ URI. Given: 'runs:/x'"],
    [
      'x'.repeat(2049),
      'Invalid artifact path length. The length of the artifact path cannot be greater than 2048 characters. To ' +
        'configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.',
    ],
    [
      'mlflow-artifacts://h:1/a',
      "'artifact_location' cannot use the 'mlflow-artifacts' scheme: the 'mlflow-artifacts' scheme addresses a host " +
        "other than the tracking server's configured artifact storage, so the server would connect to the host named " +
        'in the URI. Set the MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.',
    ],
  ])('says of %p what MLflow says', (uri, message) => {
    expect(refusal(() => checkArtifactLocation(uri)).message).toBe(message);
  });

  test('host schemes only by leave', () => {
    expect(() => checkArtifactLocation('hdfs://h/x', { allowedHostSchemes: ['hdfs'] })).not.toThrow();
    expect(refusal(() => checkArtifactLocation('http://h/x', { allowedHostSchemes: ['hdfs'] })).message).toContain(
      "cannot use the 'http' scheme",
    );
  });
});

test('relative locations become absolute', () => {
  expect(absoluteArtifactLocation('rel/./path', '/srv/work')).toBe('/srv/work/rel/path');
  expect(absoluteArtifactLocation('.', '/srv')).toBe('/srv');
  expect(absoluteArtifactLocation('file:a b', '/srv')).toBe('file:///srv/a%20b');
  for (const uri of ['/abs', 'file:///x', 's3://b/x', 'mlflow-artifacts:a', '']) {
    expect(absoluteArtifactLocation(uri, '/srv')).toBe(uri);
  }
});

const proxied = { runId: 'r1', runArtifactUri: 'mlflow-artifacts:/7/r1/artifacts' };
const local = { runId: 'r1', runArtifactUri: '/srv/art/r1/artifacts' };
const model = { modelId: 'm-1', modelArtifactUri: 'mlflow-artifacts:/7/models/m-1/artifacts' };

const mustBeLocal =
  'To use a local path as a model version source, the run_id request parameter has to be specified and the local ' +
  'path has to be contained within the artifact directory of the run specified by the run_id.';
const mustBeAbsolute =
  'If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute ' +
  'path must be provided without relative path references present. Please provide an absolute path.';
const mustBeOf = (name: string) => `The ${name} request parameter must identify the resource that contains the source.`;

describe('checkModelVersionSource', () => {
  test.each([
    '/etc',
    'file:///etc',
    '//etc',
    'rel',
    '../x',
    'x#/../',
    'x?/../',
    'FILE:///etc',
    ' file:///etc',
    '%66ile:///etc',
    '\\\\h\\s',
    'dummy-source',
    'C:\\x',
    'c:/x',
    '  s3://b/x',
    'file://host/etc',
  ])('without a run: %p', (source) => {
    const error = refusal(() => checkModelVersionSource(source));
    expect(error.message).toBe(`Invalid model version source: '${source}'. ${mustBeLocal}`);
  });

  test.each([
    'mlflow-artifacts:/../',
    's3://b/../../',
    's3://b/x/../y',
    's3://b/x/%2e%2e/y',
    's3://b/%252e%252e',
    's3://b',
    's3://b/x/./y',
    'runs:/id/../../',
    's3://b/x\0',
    's3://b/;/../x',
    'mlflow-artifacts:/x%00',
    's3://b/..%c0%afx',
    's3://b/..\\x',
    's3://b/....//x',
    's3://b/%5c..',
    'foo:x',
    'gs://b/x?/../y',
  ])('relative references: %p', (source) => {
    const error = refusal(() => checkModelVersionSource(source, proxied));
    expect(error.message).toBe(`Invalid model version source: '${source}'. ${mustBeAbsolute}`);
  });

  test.each([
    ['mlflow-artifacts:/a', 'run_id'],
    ['mlflow-artifacts:/7/r1/artifactsx', 'run_id'],
    ['mlflow-artifacts:/7/r1', 'run_id'],
    ['mlflow-artifacts:/7/r2/artifacts/m', 'run_id'],
    ['mlflow-artifacts:/7/r1/artifacts?a=1', 'run_id'],
    ['mlflow-artifacts:/7/r1/artifacts#a', 'run_id'],
    ['MLFLOW-ARTIFACTS:/x', 'run_id'],
    ['runs:/r2/m', 'run_id'],
    ['runs://r1/m', 'run_id'],
    ['RUNS:/r2/m', 'run_id'],
    ['http://h/api/2.0/mlflow-artifacts/artifacts/x', 'run_id'],
    ['http://h/api/2.0/mlflow%2Dartifacts//artifacts/x', 'run_id'],
    ['models:/m-1', 'model_id'],
    ['models:/m/1/../..', 'model_id'],
    ['models:/m/1/2', 'model_id'],
    ['models:/', 'model_id'],
    ['models:/a/ ', 'model_id'],
  ])('%p is not of the run', (source, name) => {
    const error = refusal(() => checkModelVersionSource(source, { ...proxied, allowedHostSchemes: ['http'] }));
    expect(error.message).toBe(`Invalid model version source: '${source}'. ${mustBeOf(name)}`);
  });

  test.each([
    ['/srv/art/r1/artifactsx'],
    ['/srv/art/r1'],
    ['/srv/art/r1/artifacts/../x'],
    ['/srv/art/r1/artifacts/../artifacts/m'],
    ['/srv/art/r1/artifacts/%2e%2e/x'],
    ['/srv/art/r1/artifacts#/../x'],
    ['/srv/art/r1/artifacts/a?x'],
    ['/srv/art/r1/artifacts\0'],
    ['file://h/srv/art/r1/artifacts'],
    ['srv/art/r1/artifacts'],
    ['/srv/art/r1/artifacts/..;/x'],
    ['/srv/art/r1/artifacts/a\\..\\b'],
  ])('%p is not in the local run', (source) => {
    expect(refusal(() => checkModelVersionSource(source, local)).message).toContain(mustBeLocal);
  });

  test.each([
    ['mlflow-artifacts:/7/r1/artifacts', proxied],
    ['mlflow-artifacts:/7/r1/artifacts/model', proxied],
    ['mlflow-artifacts:/7/r1/artifacts//m/', proxied],
    ['mlflow-artifacts:///7/r1/artifacts/m', proxied],
    ['mlflow-artifacts:/7/r1/artifacts/a%20b', proxied],
    ['runs:/r1/m', proxied],
    ['runs:/r1', proxied],
    ['runs:/r1/a b', proxied],
    ['s3://b/x', proxied],
    ['s3://b//x/', {}],
    ['s3://b/a+b', {}],
    ['s3://b/x?q', {}],
    ['dbfs:/x', {}],
    ['foo://x/y', {}],
    ['models:/name/1', {}],
    ['models:/name@champion', proxied],
    ['/srv/art/r1/artifacts', local],
    ['/srv/art/r1/artifacts/a b', local],
    ['file:///srv/art/r1/artifacts/a%20b', local],
    ['file://localhost/srv/art/r1/artifacts', local],
    ['file:/srv/art/r1/artifacts/m', local],
    ['models:/m-1', model],
    ['mlflow-artifacts:/7/models/m-1/artifacts/x', model],
  ])('accepts %p', (source, origin) => {
    expect(() => checkModelVersionSource(source, origin)).not.toThrow();
  });

  test('a run or model that does not exist', () => {
    for (const source of ['/etc', 'mlflow-artifacts:/7/r1/artifacts']) {
      expect(refusal(() => checkModelVersionSource(source, { runId: 'nope' })).message).toContain(mustBeOf('run_id'));
      const both = { runId: 'r1', modelId: 'm-nope', runArtifactUri: '/etc' };
      expect(refusal(() => checkModelVersionSource(source, both)).message).toContain(mustBeOf('model_id'));
    }
    expect(() => checkModelVersionSource('s3://b/x', { runId: 'nope' })).not.toThrow();
  });

  test('a model takes no source of a run', () => {
    const origin = { ...model, ...proxied };
    expect(refusal(() => checkModelVersionSource('runs:/r1/m', origin)).message).toContain(mustBeOf('model_id'));
    expect(refusal(() => checkModelVersionSource('models:/m-2', origin)).message).toContain(mustBeOf('model_id'));
    expect(refusal(() => checkModelVersionSource('models://m-1', origin)).message).toContain(
      'Registered model sources must use the active model registry.',
    );
  });

  test('the prompt tag opens nothing', () => {
    for (const source of ['dummy-source', 'prompt-template']) {
      expect(() => checkModelVersionSource(source, { isPrompt: true })).not.toThrow();
    }
    for (const source of ['/etc', 's3://b/x', 'file:///etc', 'mlflow-artifacts:/7/r1/artifacts']) {
      expect(refusal(() => checkModelVersionSource(source, { ...proxied, isPrompt: true })).message).toBe(
        `Invalid prompt source: '${source}'. Prompt sources must use an MLflow placeholder.`,
      );
    }
  });
});
