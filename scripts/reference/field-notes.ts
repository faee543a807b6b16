/**
 * What the types of a request do not say: lengths, counts and ranges. The numbers are those of `protocol/limits.ts`
 * wherever that file has them. Keys are `method.field`, or a field's name alone where it means the same everywhere.
 */
import { limits } from '../../src/protocol/limits.ts';

function count(number: number): string {
  return number.toLocaleString('en-US');
}

const characters = (limit: number): string => `at most ${count(limit)} characters`;
const cutTo = (limit: number): string => `cut to ${count(limit)} characters`;
const items = (limit: number): string => `at most ${count(limit)}`;
const between = (least: number, greatest: number): string => `${count(least)} to ${count(greatest)}`;

const key = characters(limits.entityKey);
const registryValue = characters(limits.registryTagValue);
const eitherRunId = '`run_id` or `run_uuid` must be given';

function notesOfEndpoint(method: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries({
      served_models: 'one or two',
      'served_models[].model_uri': '`models:/name/version`, `models:/name@alias` or `models:/name/latest`',
      'served_models[].traffic_percentage': '100 together; needed where there are two',
      description: characters(limits.endpointDescription),
      env_manager: '`local`, `uv`, `virtualenv` or `conda`; `uv` when it is not given',
      workers: between(1, limits.endpointWorkers),
      timeout_seconds: between(1, limits.endpointTimeoutSeconds),
      'capture.sample_rate': between(0, 1),
      'capture.max_bytes': between(1_000_000, limits.endpointCaptureBytes),
    }).map(([field, note]) => [`${method}.${field}`, note]),
  );
}

export const fieldNotes: Readonly<Record<string, string>> = {
  page_token: 'the `next_page_token` of the page before',
  run_uuid: 'old name of `run_id`',

  'createExperiment.name': characters(limits.experimentName),
  'createExperiment.tags[].key': key,
  'createExperiment.tags[].value': characters(limits.experimentTagValue),
  'updateExperiment.new_name': characters(limits.experimentName),
  'setExperimentTag.key': key,
  'setExperimentTag.value': characters(limits.experimentTagValue),
  'searchExperiments.max_results': `must be given: ${between(1, limits.searchExperiments)}`,
  'searchDatasets.experiment_ids': between(1, limits.datasetExperiments),

  'updateRun.run_id': eitherRunId,
  'getRun.run_id': eitherRunId,
  'searchRuns.max_results': between(1, limits.searchRuns),
  'logMetric.run_id': eitherRunId,
  'logMetric.key': key,
  'logMetric.timestamp': 'milliseconds since 1970, not negative',
  'logMetric.dataset_name': 'only together with `dataset_digest`',
  'logParam.run_id': eitherRunId,
  'logParam.key': key,
  'logParam.value': cutTo(limits.paramValue),
  'setTag.run_id': eitherRunId,
  'setTag.key': key,
  'setTag.value': cutTo(limits.runTagValue),
  'logBatch.run_id': 'must be given',
  'logBatch.metrics': `${items(limits.batchMetrics)}; metrics, params and tags together ${items(limits.batchItems)}`,
  'logBatch.metrics[].key': key,
  'logBatch.metrics[].timestamp': 'milliseconds since 1970, not negative',
  'logBatch.metrics[].dataset_name': 'only together with `dataset_digest`',
  'logBatch.params': `${items(limits.batchParams)}, each key once`,
  'logBatch.params[].key': key,
  'logBatch.params[].value': cutTo(limits.paramValue),
  'logBatch.tags': items(limits.batchTags),
  'logBatch.tags[].key': key,
  'logBatch.tags[].value': cutTo(limits.runTagValue),
  'logInputs.datasets[].tags[].key': characters(limits.inputTagKey),
  'logInputs.datasets[].tags[].value': characters(limits.inputTagValue),
  'logInputs.datasets[].dataset.name': characters(limits.datasetName),
  'logInputs.datasets[].dataset.digest': characters(limits.datasetDigest),
  'logInputs.datasets[].dataset.source': characters(limits.datasetSource),
  'logInputs.datasets[].dataset.schema': characters(limits.datasetSchema),
  'logInputs.datasets[].dataset.profile': characters(limits.datasetProfile),

  'getMetricHistory.run_id': eitherRunId,
  'getMetricHistory.max_results': 'at least 1',
  'getMetricHistoryBulk.run_id': between(1, limits.bulkHistoryRuns),
  'getMetricHistoryBulk.metric_key': 'must be given',
  'getMetricHistoryBulk.max_results': items(limits.bulkHistoryPoints),
  'getMetricHistoryBulkInterval.run_ids': between(1, limits.bulkHistoryRuns),
  'getMetricHistoryBulkInterval.start_step': 'only together with `end_step`, not above it',
  'getMetricHistoryBulkInterval.max_results': `${between(1, limits.bulkIntervalPoints)}; ${count(limits.bulkIntervalDefault)} when left out`,

  'listArtifacts.run_id': eitherRunId,

  'createLoggedModel.name': 'without `/`, `:`, `.`, `%` and quotes; generated when left out',
  'createLoggedModel.params': 'each key once',
  'createLoggedModel.tags': 'each key once',
  'LogLoggedModelParams.params': 'each key once',
  'searchLoggedModels.max_results': 'at least 1',

  'createRegisteredModel.name': 'without `/` and `:`',
  'createRegisteredModel.tags[].key': key,
  'createRegisteredModel.tags[].value': registryValue,
  'renameRegisteredModel.new_name': 'without `/` and `:`',
  'searchRegisteredModels.max_results': between(1, limits.searchRegisteredModels),
  'setRegisteredModelTag.key': key,
  'setRegisteredModelTag.value': registryValue,
  'setRegisteredModelAlias.alias': `letters, digits, \`_\` and \`-\`, ${characters(limits.alias)}; not \`latest\`, nor like \`v1\``,
  'createModelVersion.tags[].key': key,
  'createModelVersion.tags[].value': registryValue,
  'searchModelVersions.max_results': between(1, limits.searchModelVersions),
  'setModelVersionTag.key': key,
  'setModelVersionTag.value': registryValue,

  text: `plain words, ${characters(limits.searchText)}`,
  'searchExperimentOverview.max_results': between(0, limits.overviewExperiments),
  'searchRunTable.max_results': between(0, limits.tableRows),
  'searchRunTable.columns': items(limits.tableColumns),
  'searchRunTable.columns[].name': `\`metrics.<key>\`, \`params.<key>\`, \`tags.<key>\` or \`attributes.<name>\`, the key as it stands; texts are cut to ${count(limits.cellText)} characters`,
  'searchRunTable.columns[].aggregate': 'for metrics; `at` is the value at `step` or the last before it',
  'searchRunTable.snapshot': 'of an answer to the same search',
  'searchRunTable.expanded': 'ids of runs of which all children are shown',
  'searchRunColumn.column': 'named as in a table',
  'searchRunGroups.by': `named as in a table, ${between(1, limits.groupColumns)}; the ${count(limits.groups)} greatest groups are answered`,
  'searchRunGroups.metrics': `keys, ${items(limits.groupMetrics)}`,
  'searchMetricSummaries.keys': items(limits.metricSummaries),
  'searchMetricSeries.run_ids': items(limits.seriesRuns),
  'searchMetricSeries.metric_keys': items(limits.seriesMetrics),
  'searchMetricSeries.max_points': 'of each line, at least 1; fewer where a great many lines are asked for',
  'searchEverything.limit': between(1, limits.found),

  'createEndpoint.name': `letters of the alphabet, digits, \`-\` and \`_\`, a letter or digit first, ${characters(63)}; ${items(limits.endpoints)} endpoints`,
  ...notesOfEndpoint('createEndpoint'),
  ...notesOfEndpoint('updateEndpoint'),
  'getEndpointLogs.max_lines': between(1, limits.endpointLogLines),
  'getEndpointMetrics.step_minutes': between(1, 1440),
  'listEndpointCaptures.max_results': between(1, limits.endpointCaptures),

  'submitProject.uri':
    'absolute path of a folder on the server, outside of its data, or address of a git repository by https, http or ssh; `#subfolder` where the project is not at its root',
  'submitProject.parameters': `an object of names and texts, ${items(limits.batchParams)}, ${characters(limits.paramValue)} each`,
  'submitProject.experiment_name': `made when it is missing; at most ${count(limits.jobsWaiting)} jobs wait`,
  'submitProject.env_manager': '`local`, `uv`, `virtualenv` or `conda`; as the project says without it',
  'submitProject.max_attempts': between(1, 10),
  'listJobs.state': '`queued`, `running`, `finished`, `failed` or `canceled`',
  'listJobs.max_results': between(1, limits.jobs),
};
