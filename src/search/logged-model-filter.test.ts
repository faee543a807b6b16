/** Filters of logged-models/search. */
import { parseLoggedModelFilter } from './filter-parser.ts';
import { acceptedEverywhere, acceptedWithMetrics, testFilters, type FilterCase } from './test-filters.ts';

const accepted: FilterCase[] = [
  ...acceptedEverywhere,
  ...acceptedWithMetrics,
  ['metrics.a > NaN', 'metric[a] > NaN'],
  ['metrics.a = nan', 'metric[a] = NaN'],
  ['metrics.a > Infinity', 'metric[a] > Infinity'],
  ['metrics.a > inf', 'metric[a] > Infinity'],
  ['params.a = x', 'param[a] = "x"'],
  ['params.a = 1', 'param[a] = "1"'],
  ["params.a IN ('a','b')", 'param[a] IN ("a", "b")'],
  ["params.a IN ('a')", 'param[a] IN ("a")'],
  ['params.a IN ()', 'param[a] IN ()'],
  ["params.a IN ('a',)", 'param[a] IN ("a")'],
  ["params.a NOT IN ('a','b')", 'param[a] NOT IN ("a", "b")'],
  ["params.a not  in ('a','b')", 'param[a] NOT IN ("a", "b")'],
  ['params.a = NULL', 'param[a] = "NULL"'],
  ["tags.a IN ('x','y')", 'tag[a] IN ("x", "y")'],
  ['status = RUNNING', 'attribute[status] = "RUNNING"'],
  ["status IN ('RUNNING','FAILED')", 'attribute[status] IN ("RUNNING", "FAILED")'],
  ["status IN ('RUNNING')", 'attribute[status] IN ("RUNNING")'],
  ["name = 'x'", 'attribute[name] = "x"'],
  ["lifecycle_stage = 'active'", 'attribute[lifecycle_stage] = "active"'],
  ["experiment_id = '1'", 'attribute[experiment_id] = "1"'],
  ['metrics.a/b > 1', 'metric[a/b] > 1'],
  ['metrics.a-b > 1', 'metric[a-b] > 1'],
  ['metrics.@a > 1', 'metric[@a] > 1'],
  ['metrics.a@b > 1', 'metric[a@b] > 1'],
  ['metrics.a#b > 1', 'metric[a#b] > 1'],
  ['metrics.a%b > 1', 'metric[a%b] > 1'],
  ['params.a=`x`', 'param[a] = "`x`"'],
  ['params.a = params.b', 'param[a] = "params.b"'],
  ["name LIKE 'x%'", 'attribute[name] LIKE "x%"'],
  ["name ILIKE 'X%'", 'attribute[name] ILIKE "X%"'],
  ["name != 'x'", 'attribute[name] != "x"'],
  ["name IN ('x','y')", 'attribute[name] IN ("x", "y")'],
  ['name = x', 'attribute[name] = "x"'],
  ['name = 1', 'attribute[name] = "1"'],
  ["attributes.name = 'x'", 'attribute[name] = "x"'],
  ["`name` = 'x'", 'attribute[name] = "x"'],
  ['creation_time > 1', 'attribute[creation_timestamp] > 1'],
  ['creation_time >= 1.5', 'attribute[creation_timestamp] >= 1.5'],
  ['creation_timestamp > 1', 'attribute[creation_timestamp] > 1'],
  ['last_updated_timestamp < 1', 'attribute[last_updated_timestamp] < 1'],
  ['experiment_id = 1', 'attribute[experiment_id] = "1"'],
  ["experiment_id IN ('1')", 'attribute[experiment_id] IN ("1")'],
  ["artifact_location = 'x'", 'attribute[artifact_location] = "x"'],
  ["tags.k IN ('v')", 'tag[k] IN ("v")'],
  ['tags.k = v', 'tag[k] = "v"'],
  ['tags.k = 1', 'tag[k] = "1"'],
  ["name = 'x' AND tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ["name = 'x' and tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ["name = 'x' AND", 'attribute[name] = "x"'],
  ["AND name = 'x'", 'attribute[name] = "x"'],
  ["name = 'x' tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ['name = "it\'s"', 'attribute[name] = "it\'s"'],
  ["name = 'it''s'", 'attribute[name] = "it\'\'s"'],
  ["name = ''", 'attribute[name] = ""'],
  ["status IN ('READY')", 'attribute[status] IN ("READY")'],
  ["status_message = 'x'", 'attribute[status_message] = "x"'],
  ["model_id = 'x'", 'attribute[model_id] = "x"'],
  ["model_id IN ('x','y')", 'attribute[model_id] IN ("x", "y")'],
  ["model_id != 'x'", 'attribute[model_id] != "x"'],
  ["model_id LIKE 'x'", 'attribute[model_id] LIKE "x"'],
  ["model_type = 'x'", 'attribute[model_type] = "x"'],
  ["model_type LIKE 'x%'", 'attribute[model_type] LIKE "x%"'],
  ["source_run_id = 'x'", 'attribute[source_run_id] = "x"'],
  ["source_run_id IN ('x','y')", 'attribute[source_run_id] IN ("x", "y")'],
  ['creation_timestamp >= 1', 'attribute[creation_timestamp] >= 1'],
  ['last_updated_timestamp >= 1', 'attribute[last_updated_timestamp] >= 1'],
  ["params.k IN ('a')", 'param[k] IN ("a")'],
  ['params.k = 1', 'param[k] = "1"'],
  ['params.k = v', 'param[k] = "v"'],
  ['metrics.k > nan', 'metric[k] > NaN'],
  ["tags.a-b = 'x'", 'tag[a-b] = "x"'],
  ["tags.a/b = 'x'", 'tag[a/b] = "x"'],
  ["attributes.name = 'x' AND attributes.name = 'y'", 'attribute[name] = "x" AND attribute[name] = "y"'],
  ["attributes.`name` = 'x'", 'attribute[name] = "x"'],
  ['tags.a LIKE 1', 'tag[a] LIKE "1"'],
  ['experiment_id = x', 'attribute[experiment_id] = "x"'],
  ['creation_time > -5', 'attribute[creation_timestamp] > -5'],
  ['creation_time > 1e3', 'attribute[creation_timestamp] > 1000'],
  ["experiment_id = ' 1'", 'attribute[experiment_id] = " 1"'],
  ["experiment_id != 'a'", 'attribute[experiment_id] != "a"'],
  ['creation_time >= 1e3', 'attribute[creation_timestamp] >= 1000'],
  ["name IN ('a')", 'attribute[name] IN ("a")'],
  ['name IN ()', 'attribute[name] IN ()'],
  ["name NOT IN ('a', 'b')", 'attribute[name] NOT IN ("a", "b")'],
  ["name='x'and tags.k='y'", 'attribute[name] = "x" AND tag[k] = "y"'],
  ["attributes.status_message = 'x'", 'attribute[status_message] = "x"'],
];

const refused: FilterCase[] = [
  ['metric.a > 0.5', "Invalid entity type: 'metric'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  [
    'metrics.a > +0.5',
    "Invalid filter string: 'metrics.a > +0.5'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "metrics.a LIKE '1'",
    "Invalid comparison operator for metrics.a: 'LIKE'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'metrics.a IN (1,2)',
    "Invalid comparison operator for metrics.a: 'IN'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  ['metrics.a IS NULL', 'Invalid comparison: metrics.aIS NULL. Expected a comparison with 3 tokens.'],
  [
    'metrics.a == 1',
    "Invalid comparison operator for metrics.a: '=='. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'metrics.a <> 1',
    "Invalid comparison operator for metrics.a: '<>'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'metrics.a => 1',
    "Invalid comparison operator for metrics.a: '=>'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'metrics.a !< 1',
    "Invalid comparison operator for metrics.a: '!<'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    "params.a > '1'",
    "Invalid comparison operator for params.a: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    'params.a >= 1',
    "Invalid comparison operator for params.a: '>='. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "params.a NOT LIKE 'x'",
    "Invalid comparison operator for params.a: 'NOT LIKE'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "params.a RLIKE 'x'",
    "Invalid comparison operator for params.a: 'RLIKE'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "params.a IN 'a'",
    "Invalid filter string: \"params.a IN 'a'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ['params.a IS NULL', 'Invalid comparison: params.aIS NULL. Expected a comparison with 3 tokens.'],
  ['params.a IS NOT NULL', 'Invalid comparison: params.aIS NOT NULL. Expected a comparison with 3 tokens.'],
  ['params.a is null', 'Invalid comparison: params.aIS NULL. Expected a comparison with 3 tokens.'],
  [
    "params.a IS 'x'",
    "Invalid filter string: \"params.a IS 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ['tags.a IS NULL', 'Invalid comparison: tags.aIS NULL. Expected a comparison with 3 tokens.'],
  ['tags.a is not null', 'Invalid comparison: tags.aIS NOT NULL. Expected a comparison with 3 tokens.'],
  ["tags.a IS NULL AND params.b = 'x'", 'Invalid comparison: tags.aIS NULL. Expected a comparison with 3 tokens.'],
  [
    "tags.a = 'x' AND tags.b IS NOT NULL",
    'Invalid comparison: tags.bIS NOT NULL. Expected a comparison with 3 tokens.',
  ],
  [
    "tags.a > 'x'",
    "Invalid comparison operator for tags.a: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ["tag.a = 'x'", "Invalid entity type: 'tag'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  [
    "parameter.a = 'x'",
    "Invalid entity type: 'parameter'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  [
    "parameters.a = 'x'",
    "Invalid entity type: 'parameters'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  ["param.a = 'x'", "Invalid entity type: 'param'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  [
    "attr.status = 'RUNNING'",
    "Invalid entity type: 'attr'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  [
    "status > 'RUNNING'",
    "Invalid comparison operator for attributes.status: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ['status IS NULL', 'Invalid comparison: statusIS NULL. Expected a comparison with 3 tokens.'],
  [
    "Run name = 'x'",
    "Invalid filter string: \"Run name = 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "run name = 'x'",
    "Invalid filter string: \"run name = 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    ".a = 'x'",
    "Invalid filter string: \".a = 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.a',
    "Invalid filter string: 'metrics.a'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.a >',
    "Invalid filter string: 'metrics.a >'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    '> 1',
    "Invalid filter string: '> 1'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.a > 1 OR metrics.b > 2',
    "Invalid filter string: 'metrics.a > 1 OR metrics.b > 2'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.a > 1 or metrics.b > 2',
    "Invalid filter string: 'metrics.a > 1 or metrics.b > 2'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.a > 1; metrics.b > 2',
    "Invalid filter string: 'metrics.a > 1; metrics.b > 2'. Expected a single SQL expression.",
  ],
  [
    "params.a = 'x' AND params.b",
    "Invalid filter string: \"params.a = 'x' AND params.b\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "params.a='x",
    "Invalid filter string: \"params.a='x\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "params.a=x'",
    "Invalid filter string: \"params.a=x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'params.a=\'x"',
    "Invalid filter string: 'params.a=\\'x\"'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "params.a='x' 'y'",
    "Invalid filter string: \"params.a='x' 'y'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "params.a == 'x'",
    "Invalid comparison operator for params.a: '=='. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ['tags.a IS  NULL', 'Invalid comparison: tags.aIS NULL. Expected a comparison with 3 tokens.'],
  [
    "run_id IN ('x', 'y'",
    "Invalid filter string: \"run_id IN ('x', 'y'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "run_id IN 'x', 'y')",
    "Invalid filter string: \"run_id IN 'x', 'y')\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "run_id NOT ('x')",
    "Invalid filter string: \"run_id NOT ('x')\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name > 'x'",
    "Invalid comparison operator for attributes.name: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ['name IS NULL', 'Invalid comparison: nameIS NULL. Expected a comparison with 3 tokens.'],
  [
    'creation_time LIKE 1',
    "Invalid comparison operator for attributes.creation_timestamp_ms: 'LIKE'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    "creation_time LIKE '1'",
    "Invalid comparison operator for attributes.creation_timestamp_ms: 'LIKE'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'creation_time IN (1,2)',
    "Invalid comparison operator for attributes.creation_timestamp_ms: 'IN'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  ['creation_time IS NULL', 'Invalid comparison: creation_timeIS NULL. Expected a comparison with 3 tokens.'],
  [
    "tags.k > 'v'",
    "Invalid comparison operator for tags.k: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ['tags.k IS NULL', 'Invalid comparison: tags.kIS NULL. Expected a comparison with 3 tokens.'],
  ['tags.k IS NOT NULL', 'Invalid comparison: tags.kIS NOT NULL. Expected a comparison with 3 tokens.'],
  [
    "name = 'x' OR name = 'y'",
    "Invalid filter string: \"name = 'x' OR name = 'y'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name = 'x' or tags.k = 'v'",
    "Invalid filter string: \"name = 'x' or tags.k = 'v'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name = 'x', name = 'y'",
    "Invalid filter string: \"name = 'x', name = 'y'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "(name = 'x')",
    "Invalid filter string: \"(name = 'x')\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "NOT name = 'x'",
    "Invalid filter string: \"NOT name = 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name = 'x';",
    "Invalid filter string: \"name = 'x';\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ["name = 'x'; name = 'y'", "Invalid filter string: \"name = 'x'; name = 'y'\". Expected a single SQL expression."],
  [
    "name = 'x' -- c",
    "Invalid filter string: \"name = 'x' -- c\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "= 'x'",
    "Invalid filter string: \"= 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name == 'x'",
    "Invalid comparison operator for attributes.name: '=='. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "run_id IN 'x'",
    "Invalid filter string: \"run_id IN 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "params.k > 'v'",
    "Invalid comparison operator for params.k: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ['params.k IS NULL', 'Invalid comparison: params.kIS NULL. Expected a comparison with 3 tokens.'],
  [
    'metrics.k LIKE 1',
    "Invalid comparison operator for metrics.k: 'LIKE'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'metrics.k IN (1)',
    "Invalid comparison operator for metrics.k: 'IN'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  ['metrics.k IS NULL', 'Invalid comparison: metrics.kIS NULL. Expected a comparison with 3 tokens.'],
  [
    "tags.a b = 'x'",
    "Invalid filter string: \"tags.a b = 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "tags.a < 'x'",
    "Invalid comparison operator for tags.a: '<'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ['metrics.a > 1;;', "Invalid filter string: 'metrics.a > 1;;'. Expected a single SQL expression."],
  [
    "params.a = 'x' /* c */",
    "Invalid filter string: \"params.a = 'x' /* c */\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "tags.a = 'C:\\' AND tags.b = 'x'",
    "Invalid filter string: \"tags.a = 'C:\\\\' AND tags.b = 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "tags.k not like 'x'",
    "Invalid comparison operator for tags.k: 'NOT LIKE'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "((name = 'x'))",
    "Invalid filter string: \"((name = 'x'))\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name = 'x' AND (tags.k = 'v')",
    "Invalid filter string: \"name = 'x' AND (tags.k = 'v')\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
];

const different: FilterCase[] = [
  ['metrics.a > 0x10', '! Invalid value for metrics.a: 0x10. Expected a number.'],
  ["metrics.a > 'abc'", "! Invalid value for metrics.a: 'abc'. Expected a number."],
  ["metrics.a > '0.5'", "! Invalid value for metrics.a: '0.5'. Expected a number."],
  ['metrics.a > abc', '! Invalid value for metrics.a: abc. Expected a number.'],
  ['metrics.a > 1_000', '! Invalid value for metrics.a: 1_000. Expected a number.'],
  [
    'params.a IN (1,2)',
    '! While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: (1, 2)',
  ],
  [
    "params.a IN ('a',2)",
    "! While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: ('a', 2)",
  ],
  ["PARAMS.a = 'x'", "! Invalid entity type: 'PARAMS'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  ['Metrics.a > 1', "! Invalid entity type: 'Metrics'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  [
    "ATTR.status = 'RUNNING'",
    "! Invalid entity type: 'ATTR'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  [
    "Status = 'RUNNING'",
    "! Invalid attribute key 'Status' specified. Valid keys are '{'artifact_location', 'creation_time', 'creation_timestamp', 'creation_timestamp_ms', 'experiment_id', 'last_updated_timestamp', 'last_updated_timestamp_ms', 'lifecycle_stage', 'model_id', 'model_type', 'name', 'source_run_id', 'status', 'status_message'}'",
  ],
  [
    "run_id = 'x'",
    "! Invalid attribute key 'run_id' specified. Valid keys are '{'artifact_location', 'creation_time', 'creation_timestamp', 'creation_timestamp_ms', 'experiment_id', 'last_updated_timestamp', 'last_updated_timestamp_ms', 'lifecycle_stage', 'model_id', 'model_type', 'name', 'source_run_id', 'status', 'status_message'}'",
  ],
  [
    "run_id IN ('x','y')",
    "! Invalid attribute key 'run_id' specified. Valid keys are '{'artifact_location', 'creation_time', 'creation_timestamp', 'creation_timestamp_ms', 'experiment_id', 'last_updated_timestamp', 'last_updated_timestamp_ms', 'lifecycle_stage', 'model_id', 'model_type', 'name', 'source_run_id', 'status', 'status_message'}'",
  ],
  [
    "run_id > 'x'",
    "! Invalid attribute key 'run_id' specified. Valid keys are '{'artifact_location', 'creation_time', 'creation_timestamp', 'creation_timestamp_ms', 'experiment_id', 'last_updated_timestamp', 'last_updated_timestamp_ms', 'lifecycle_stage', 'model_id', 'model_type', 'name', 'source_run_id', 'status', 'status_message'}'",
  ],
  [
    'run_name IS NULL',
    "! Invalid attribute key 'run_name' specified. Valid keys are '{'artifact_location', 'creation_time', 'creation_timestamp', 'creation_timestamp_ms', 'experiment_id', 'last_updated_timestamp', 'last_updated_timestamp_ms', 'lifecycle_stage', 'model_id', 'model_type', 'name', 'source_run_id', 'status', 'status_message'}'",
  ],
  [
    "User = 'x'",
    "! Invalid attribute key 'User' specified. Valid keys are '{'artifact_location', 'creation_time', 'creation_timestamp', 'creation_timestamp_ms', 'experiment_id', 'last_updated_timestamp', 'last_updated_timestamp_ms', 'lifecycle_stage', 'model_id', 'model_type', 'name', 'source_run_id', 'status', 'status_message'}'",
  ],
  [
    'datasets.name IS NULL',
    "! Invalid entity type: 'datasets'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  ['metrics. > 1', 'metric[] > 1'],
  [
    '1 > metrics.a',
    "! Invalid filter string: '1 > metrics.a'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    '0.5 < metrics.a',
    "! Invalid filter string: '0.5 < metrics.a'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "'x' = params.a",
    "! Invalid filter string: \"'x' = params.a\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ['metrics.a>1and metrics.b>2', '! Invalid value for metrics.a: 1and. Expected a number.'],
  ['metrics.a>1AND metrics.b>2', '! Invalid value for metrics.a: 1AND. Expected a number.'],
  [
    '`metrics.a` > 1',
    "! Invalid entity type: '`metrics'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  ['`metrics`.a > 1', 'metric[a] > 1'],
  ['metrics.1 > 1', 'metric[1] > 1'],
  ['metrics.a:b > 1', 'metric[a:b] > 1'],
  ['metrics.a$b > 1', 'metric[a$b] > 1'],
  ['metrics.$a > 1', 'metric[$a] > 1'],
  [
    'metrics.a=b > 1',
    "! Invalid filter string: 'metrics.a=b > 1'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ['metrics.a > (1)', '! Invalid value for metrics.a: (1). Expected a number.'],
  [
    'metrics.a > 1 + 1',
    "! Invalid filter string: 'metrics.a > 1 + 1'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ['metrics.a > metrics.b', '! Invalid value for metrics.a: metrics.b. Expected a number.'],
  [
    "params.a = 'x' = 'y'",
    "! Invalid filter string: \"params.a = 'x' = 'y'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.a > 1 > 2',
    "! Invalid filter string: 'metrics.a > 1 > 2'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ["metrics.a > '1' AND params.b = 'x'", "! Invalid value for metrics.a: '1'. Expected a number."],
  ["params.in = 'x'", 'param[in] = "x"'],
  ['metrics.from > 1', 'metric[from] > 1'],
  ['tags.a IS NOT  NULL', '! Invalid comparison: tags.aIS NOT NULL. Expected a comparison with 3 tokens.'],
  ['"name" = \'x\'', 'attribute[name] = "x"'],
  ["creation_time > '1'", "! Invalid value for attributes.creation_timestamp_ms: '1'. Expected a number."],
  [
    "'x' = name",
    "! Invalid filter string: \"'x' = name\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    '1 < creation_time',
    "! Invalid filter string: '1 < creation_time'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name = 'x' = 'y'",
    "! Invalid filter string: \"name = 'x' = 'y'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ["creation_timestamp = '1'", "! Invalid value for attributes.creation_timestamp_ms: '1'. Expected a number."],
  ["last_updated_timestamp = 'a'", "! Invalid value for attributes.last_updated_timestamp_ms: 'a'. Expected a number."],
  ["metrics.k = 'x'", "! Invalid value for metrics.k: 'x'. Expected a number."],
  ["metrics.k > '1'", "! Invalid value for metrics.k: '1'. Expected a number."],
  ['attributes.creation_timestamp > 1', 'attribute[creation_timestamp] > 1'],
  ['creation_time > abc', '! Invalid value for attributes.creation_timestamp_ms: abc. Expected a number.'],
  [
    'name IN (1)',
    '! While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: (1,)',
  ],
  [
    'name IN (x)',
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  [
    "name IN ('a',,'b')",
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  ['metrics.a > 1e', '! Invalid value for metrics.a: 1e. Expected a number.'],
];

testFilters(parseLoggedModelFilter, { accepted, refused, different });
