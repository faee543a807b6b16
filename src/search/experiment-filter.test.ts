/** Filters of experiments/search. */
import { parseExperimentFilter } from './filter-parser.ts';
import { acceptedEverywhere, refusedWithoutMetrics, testFilters, type FilterCase } from './test-filters.ts';

const accepted: FilterCase[] = [
  ...acceptedEverywhere,
  ['tags.a IS NULL', 'tag[a] IS NULL null'],
  ['tags.a is not null', 'tag[a] IS NOT NULL null'],
  ["tags.a = 'x' AND tags.b IS NOT NULL", 'tag[a] = "x" AND tag[b] IS NOT NULL null'],
  ["tag.a = 'x'", 'tag[a] = "x"'],
  ["name = 'x'", 'attribute[name] = "x"'],
  ["experiment_id = '1'", 'attribute[experiment_id] = "1"'],
  ['tags.a IS  NULL', 'tag[a] IS NULL null'],
  ["name LIKE 'x%'", 'attribute[name] LIKE "x%"'],
  ["name ILIKE 'X%'", 'attribute[name] ILIKE "X%"'],
  ["name != 'x'", 'attribute[name] != "x"'],
  ["attribute.name = 'x'", 'attribute[name] = "x"'],
  ["`name` = 'x'", 'attribute[name] = "x"'],
  ['"name" = \'x\'', 'attribute[name] = "x"'],
  ['creation_time > 1', 'attribute[creation_time] > 1'],
  ['last_update_time < 1', 'attribute[last_update_time] < 1'],
  ['last_update_time = 1', 'attribute[last_update_time] = 1'],
  ['last_update_time != 1', 'attribute[last_update_time] != 1'],
  ["experiment_id IN ('1')", 'attribute[experiment_id] IN ("1")'],
  ["tag.k = 'v'", 'tag[k] = "v"'],
  ['tags.k IS NULL', 'tag[k] IS NULL null'],
  ['tags.k IS NOT NULL', 'tag[k] IS NOT NULL null'],
  ["name = 'x' AND tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ["name = 'x' and tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ["name = 'x' AND", 'attribute[name] = "x"'],
  ["AND name = 'x'", 'attribute[name] = "x"'],
  ["name = 'x' tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ['name = "it\'s"', 'attribute[name] = "it\'s"'],
  ["name = 'it''s'", 'attribute[name] = "it\'\'s"'],
  ["name = ''", 'attribute[name] = ""'],
  ['creation_time > 1 AND last_update_time < 2', 'attribute[creation_time] > 1 AND attribute[last_update_time] < 2'],
  ['creation_time > -5', 'attribute[creation_time] > -5'],
  ["experiment_id = ' 1'", 'attribute[experiment_id] = "1"'],
  ["name='x'and tags.k='y'", 'attribute[name] = "x" AND tag[k] = "y"'],
];

const refused: FilterCase[] = [
  ...refusedWithoutMetrics,
  [
    "attribute.status = 'RUNNING'",
    "Invalid attribute key 'status' specified. Valid keys are '{'creation_time', 'experiment_id', 'last_update_time', 'name'}'",
  ],
  [
    "status = 'RUNNING'",
    "Invalid attribute key 'status' specified. Valid keys are '{'creation_time', 'experiment_id', 'last_update_time', 'name'}'",
  ],
  [
    "Status = 'RUNNING'",
    "Invalid attribute key 'Status' specified. Valid keys are '{'creation_time', 'experiment_id', 'last_update_time', 'name'}'",
  ],
  [
    "status = 'foo'",
    "Invalid attribute key 'status' specified. Valid keys are '{'creation_time', 'experiment_id', 'last_update_time', 'name'}'",
  ],
  ["name > 'x'", "Invalid comparator '>' not one of '{'!=', '=', 'ILIKE', 'IN', 'LIKE', 'NOT IN'}'"],
  ["name IN ('x','y')", "Only ['experiment_id'] attributes support comparison with a list of quoted string values."],
  ['name IS NULL', "IS NULL / IS NOT NULL is only supported for tags, not for attribute 'name'"],
  ['name = 1', 'Expected a quoted string value for attributes. Got value 1'],
  ["creation_time > '1'", "Expected numeric value type for numeric attribute: creation_time. Found '1'"],
  ['creation_time >= 1.5', "Invalid value for numeric attribute 'creation_time': '1.5'"],
  ['creation_time LIKE 1', "Invalid comparator 'LIKE' not one of '{'!=', '=', 'ILIKE', 'IN', 'LIKE', 'NOT IN'}"],
  ["creation_time LIKE '1'", "Expected numeric value type for numeric attribute: creation_time. Found '1'"],
  ['creation_time IN (1,2)', 'Expected numeric value type for numeric attribute: creation_time. Found (1,2)'],
  ['creation_time IS NULL', "IS NULL / IS NOT NULL is only supported for tags, not for attribute 'creation_time'"],
  ['last_update_time == 1', "Invalid comparator '==' not one of '{'!=', '=', 'ILIKE', 'IN', 'LIKE', 'NOT IN'}"],
  ['experiment_id = 1', 'Expected a quoted string value for attributes. Got value 1'],
  ["name == 'x'", "Invalid comparator '==' not one of '{'!=', '=', 'ILIKE', 'IN', 'LIKE', 'NOT IN'}'"],
  ["name <> 'x'", "Invalid comparator '<>' not one of '{'!=', '=', 'ILIKE', 'IN', 'LIKE', 'NOT IN'}'"],
  ["name NOT LIKE 'x'", "Invalid comparator 'NOT LIKE' not one of '{'!=', '=', 'ILIKE', 'IN', 'LIKE', 'NOT IN'}'"],
  [
    'experiment_id = x',
    'Parameter value is either not quoted or unidentified quote types used for string value x. Use either single or double quotes.',
  ],
  ['creation_time > abc', 'Expected numeric value type for numeric attribute: creation_time. Found abc'],
  ['creation_time > 1e3', "Invalid value for numeric attribute 'creation_time': '1000.0'"],
  ["experiment_id != 'a'", "Invalid experiment ID 'a'. Experiment ID must be a valid integer."],
  ['creation_time >= 1e3', "Invalid value for numeric attribute 'creation_time': '1000.0'"],
  ["name IN ('a')", "Only ['experiment_id'] attributes support comparison with a list of quoted string values."],
  ['name IN ()', "Only ['experiment_id'] attributes support comparison with a list of quoted string values."],
  ['name IN (1)', "Only ['experiment_id'] attributes support comparison with a list of quoted string values."],
  ['name IN (x)', "Only ['experiment_id'] attributes support comparison with a list of quoted string values."],
  [
    "name NOT IN ('a', 'b')",
    "Only ['experiment_id'] attributes support comparison with a list of quoted string values.",
  ],
];

const different: FilterCase[] = [
  [
    "User = 'x'",
    "! Invalid attribute key 'User' specified. Valid keys are '{'creation_time', 'experiment_id', 'last_update_time', 'name'}'",
  ],
  [
    "user = 'x'",
    "! Invalid attribute key 'user' specified. Valid keys are '{'creation_time', 'experiment_id', 'last_update_time', 'name'}'",
  ],
  [
    'Date > 1',
    "! Invalid attribute key 'Date' specified. Valid keys are '{'creation_time', 'experiment_id', 'last_update_time', 'name'}'",
  ],
  ['`metrics`.a > 1', "! Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ["attributes.name = 'x'", 'attribute[name] = "x"'],
  ["attr.name = 'x'", "! Invalid entity type 'attr'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['tags.a IS NOT  NULL', 'tag[a] IS NOT NULL null'],
  ['tags.a NOT NULL', '! Invalid clause(s) in filter string: tags.a, NOT, NULL'],
  ["tags.a = 'C:\\' AND tags.b = 'x'", "! Invalid clause(s) in filter string: x, '"],
  ["tags.k not like 'x'", '! Invalid comparator for tag: NOT LIKE'],
];

testFilters(parseExperimentFilter, { accepted, refused, different });
