import { describe, expect, test } from 'bun:test';
import type { LoggedModelOrderBy } from './order-by-parser.ts';
import {
  parseExperimentOrderBy,
  parseLoggedModelOrderBy,
  parseModelVersionOrderBy,
  parseRegisteredModelOrderBy,
  parseRunOrderBy,
  parseRunTableOrderBy,
} from './order-by-parser.ts';
import { outcome } from './test-outcome.ts';

const runKeys =
  "'{'Created', 'artifact_uri', 'created', 'end_time', 'run_id', 'run_name', 'start_time', 'status', 'user_id'}'";
const entityTypes = "Valid entity types are ('attribute', 'tag', 'tags')";

const runs: [string[], string][] = [
  [[], ''],
  [['metrics.a'], 'metric[a] ASC'],
  [['metrics.a ASC', 'params.b DESC'], 'metric[a] ASC AND param[b] DESC'],
  [['metric.a  Desc'], 'metric[a] DESC'],
  [['metrics.a\tDESC'], 'metric[a] DESC'],
  [['metrics.`a b` DESC'], 'metric[a b] DESC'],
  [['metrics."a b"'], 'metric[a b] ASC'],
  [["metrics.'a b'"], 'metric[a b] ASC'],
  [['metrics.`x DESC` DESC'], 'metric[x DESC] DESC'],
  [['metrics.`a/b`'], 'metric[a/b] ASC'],
  [['metrics.a.b'], 'metric[a.b] ASC'],
  [['metrics.é'], 'metric[é] ASC'],
  [['metrics.desc'], 'metric[desc] ASC'],
  [['parameter.a', 'tag.a'], 'param[a] ASC AND tag[a] ASC'],
  [['tags.`mlflow.runName` ASC'], 'tag[mlflow.runName] ASC'],
  [['attr.start_time DESC'], 'attribute[start_time] DESC'],
  [['Created'], 'attribute[start_time] ASC'],
  [['attributes.`Created`'], 'attribute[start_time] ASC'],
  [
    ['end_time', 'status DESC', 'run_id'],
    'attribute[end_time] ASC AND attribute[status] DESC AND attribute[run_id] ASC',
  ],
  [['metrics.from'], 'metric[from] ASC'],
  [['metrics.a foo'], "! Invalid ordering key in order_by clause 'metrics.a foo'."],
  [['Run name'], "! Invalid ordering key in order_by clause 'Run name'."],
  [['metrics.a ASC DESC'], "! Invalid order_by clause 'metrics.a ASC DESC'. Could not be parsed."],
  [[' metrics.a'], "! Invalid order_by clause ' metrics.a'. Could not be parsed."],
  [['metrics.a '], "! Invalid order_by clause 'metrics.a '. Could not be parsed."],
  [['metrics.a-b'], "! Invalid order_by clause 'metrics.a-b'. Could not be parsed."],
  [['metrics.a/b DESC'], "! Invalid order_by clause 'metrics.a/b DESC'. Could not be parsed."],
  [['metrics.`a'], "! Invalid order_by clause 'metrics.`a'. Could not be parsed."],
  [['a, b'], "! Invalid order_by clause 'a, b'. Could not be parsed."],
  [['a; DROP TABLE runs'], "! Invalid order_by clause 'a; DROP TABLE runs'. Could not be parsed."],
  [['a -- b'], "! Invalid order_by clause 'a -- b'. Could not be parsed."],
  [['(a)'], "! Invalid order_by clause '(a)'. Could not be parsed."],
  [['a > 1'], "! Invalid order_by clause 'a > 1'. Could not be parsed."],
  [['1'], "! Invalid order_by clause '1'. Could not be parsed."],
  [["'start_time'"], "! Invalid order_by clause ''start_time''. Could not be parsed."],
  [['*'], "! Invalid order_by clause '*'. Could not be parsed."],
  [['DESC'], "! Invalid order_by clause 'DESC'. Could not be parsed."],
  [[''], "! Invalid order_by clause ''. Could not be parsed."],
  [[' '], "! Invalid order_by clause ' '. Could not be parsed."],
  [['start_time NULLS FIRST'], "! Invalid order_by clause 'start_time NULLS FIRST'. Could not be parsed."],
  [['foo'], `! Invalid attribute key 'foo' specified. Valid keys are ${runKeys}`],
  [['`Run Name`'], `! Invalid attribute key 'Run Name' specified. Valid keys are ${runKeys}`],
  [['lifecycle_stage'], `! Invalid attribute key 'lifecycle_stage' specified. Valid keys are ${runKeys}`],
  [['constructor'], `! Invalid attribute key 'constructor' specified. Valid keys are ${runKeys}`],
  [['metrics'], `! Invalid attribute key 'metrics' specified. Valid keys are ${runKeys}`],
  [
    ['Metrics.a'],
    "! Invalid entity type 'Metrics'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
  ],
  [
    ['toString.a'],
    "! Invalid entity type 'toString'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
  ],
  [['datasets.name'], "! Invalid identifier type 'dataset'"],
  [['start_time', 'start_time'], "! `order_by` contains duplicate fields: ['start_time', 'start_time']"],
  [['Created', 'start_time DESC'], "! `order_by` contains duplicate fields: ['Created', 'start_time DESC']"],
  [['tags.a', 'metrics.a'], 'tag[a] ASC AND metric[a] ASC'],
];

const experimentKeys = "'{'creation_time', 'experiment_id', 'last_update_time', 'name'}'";

const experiments: [string[], string][] = [
  [['name', 'creation_time DESC'], 'attribute[name] ASC AND attribute[creation_time] DESC'],
  [['experiment_id desc', 'last_update_time'], 'attribute[experiment_id] DESC AND attribute[last_update_time] ASC'],
  [['attribute.name'], 'attribute[name] ASC'],
  [['`name`', '"name" DESC'], 'attribute[name] ASC AND attribute[name] DESC'],
  [['name', 'name'], 'attribute[name] ASC AND attribute[name] ASC'],
  [['attributes.name'], 'attribute[name] ASC'],
  [['attr.name'], `! Invalid entity type 'attr'. ${entityTypes}`],
  [['metrics.a'], `! Invalid entity type 'metrics'. ${entityTypes}`],
  [['tags.k'], '! Invalid order_by entity: tag'],
  [['Name'], `! Invalid attribute key 'Name' specified. Valid keys are ${experimentKeys}`],
  [['timestamp'], `! Invalid attribute key 'timestamp' specified. Valid keys are ${experimentKeys}`],
  [['name foo'], "! Invalid ordering key in order_by clause 'name foo'."],
];

const modelKeys = "'{'name', 'timestamp'}'";

const registeredModels: [string[], string][] = [
  [['name DESC'], 'attribute[name] DESC'],
  [['timestamp', 'name'], 'attribute[last_updated_timestamp] ASC AND attribute[name] ASC'],
  [['last_updated_timestamp DESC'], 'attribute[last_updated_timestamp] DESC'],
  [
    ['timestamp', 'last_updated_timestamp'],
    "! `order_by` contains duplicate fields: ['timestamp', 'last_updated_timestamp']",
  ],
  [['creation_timestamp'], `! Invalid order by key 'creation_timestamp' specified. Valid keys are ${modelKeys}`],
  [['NAME'], `! Invalid order by key 'NAME' specified. Valid keys are ${modelKeys}`],
  [['`name`'], 'attribute[name] ASC'],
  [['attribute.name'], `! Invalid order by key 'attribute.name' specified. Valid keys are ${modelKeys}`],
  [['tags.k DESC'], `! Invalid order by key 'tags.k' specified. Valid keys are ${modelKeys}`],
  [['name, timestamp'], "! Invalid order_by clause 'name, timestamp'. Could not be parsed."],
];

const versionKeys = "{'creation_timestamp', 'last_updated_timestamp', 'name', 'version_number'}";

const modelVersions: [string[], string][] = [
  [['version_number DESC', 'name'], 'attribute[version_number] DESC AND attribute[name] ASC'],
  [['attribute.name', 'creation_timestamp'], 'attribute[name] ASC AND attribute[creation_timestamp] ASC'],
  [['last_updated_timestamp'], 'attribute[last_updated_timestamp] ASC'],
  [['timestamp'], `! Invalid attribute key 'timestamp' specified. Valid keys are '${versionKeys}'`],
  [['run_id'], `! Invalid attribute key 'run_id' specified. Valid keys are '${versionKeys}'`],
  [['tags.k'], `! Invalid order by key 'k' specified. Valid keys are ${versionKeys}`],
  [['metrics.a'], `! Invalid entity type 'metrics'. ${entityTypes}`],
  [['name', 'name DESC'], "! `order_by` contains duplicate fields: ['name', 'name DESC']"],
];

const loggedModels: [LoggedModelOrderBy[], string][] = [
  [[{ field_name: 'name' }], 'attribute[name] ASC'],
  [[{ field_name: 'name', ascending: false }], 'attribute[name] DESC'],
  [[{ field_name: 'creation_time' }], 'attribute[creation_timestamp] ASC'],
  [[{ field_name: 'creation_timestamp_ms' }], 'attribute[creation_timestamp] ASC'],
  [[{ field_name: 'last_updated_timestamp' }], 'attribute[last_updated_timestamp] ASC'],
  [[{ field_name: 'metrics.a b' }, { field_name: 'name' }], 'metric[a b] ASC AND attribute[name] ASC'],
  [[{ field_name: 'metrics.`a`' }], 'metric[`a`] ASC'],
  [[{ field_name: 'name' }, { field_name: 'name' }], 'attribute[name] ASC AND attribute[name] ASC'],
  [[{}], '! Invalid order by field name: '],
  [[{ field_name: 'foo' }], '! Invalid order by field name: foo'],
  [[{ field_name: 'name DESC' }], '! Invalid order by field name: name DESC'],
  [[{ field_name: 'last_updated_time' }], '! Invalid order by field name: last_updated_time'],
  [[{ field_name: 'metrics' }], '! Invalid order by field name: metrics'],
  [[{ field_name: 'tags' }], '! Invalid order by field name: tags'],
  [[{ field_name: 'params.a' }], '! Invalid order by field name: params.a. Only metrics are supported.'],
  [[{ field_name: 'attributes.name' }], '! Invalid order by field name: attributes.name. Only metrics are supported.'],
];

describe('order_by', () => {
  test.each(runs)('runs: %p', (orderBy, expected) => {
    expect(outcome(() => parseRunOrderBy(orderBy))).toBe(expected);
  });
  test.each(experiments)('experiments: %p', (orderBy, expected) => {
    expect(outcome(() => parseExperimentOrderBy(orderBy))).toBe(expected);
  });
  test.each(registeredModels)('registered models: %p', (orderBy, expected) => {
    expect(outcome(() => parseRegisteredModelOrderBy(orderBy))).toBe(expected);
  });
  test.each(modelVersions)('model versions: %p', (orderBy, expected) => {
    expect(outcome(() => parseModelVersionOrderBy(orderBy))).toBe(expected);
  });
  test.each(loggedModels)('logged models: %p', (orderBy, expected) => {
    expect(outcome(() => parseLoggedModelOrderBy(orderBy))).toBe(expected);
  });
  test('logged models: a metric on a dataset', () => {
    const orderBy = [{ field_name: 'metrics.a', dataset_name: 'd', dataset_digest: 'g' }];
    expect(parseLoggedModelOrderBy(orderBy)).toEqual([
      { kind: 'metric', key: 'a', ascending: true, datasetName: 'd', datasetDigest: 'g' },
    ]);
  });
  test('a table of runs knows their duration too', () => {
    const orderBy = ['attributes.duration DESC', 'metrics.a'];
    expect(outcome(() => parseRunTableOrderBy(orderBy))).toBe('attribute[duration] DESC AND metric[a] ASC');
    expect(outcome(() => parseRunOrderBy(orderBy))).toStartWith("! Invalid attribute key 'duration' specified.");
  });
  test('nothing', () => {
    expect(parseRunOrderBy(undefined)).toEqual([]);
    expect(parseLoggedModelOrderBy(undefined)).toEqual([]);
  });
});
