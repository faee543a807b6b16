/** Filters of registered-models/search. */
import { parseRegisteredModelFilter } from './filter-parser.ts';
import { acceptedEverywhere, refusedWithoutMetrics, testFilters, type FilterCase } from './test-filters.ts';

const accepted: FilterCase[] = [
  ...acceptedEverywhere,
  ["tag.a = 'x'", 'tag[a] = "x"'],
  ["name = 'x'", 'attribute[name] = "x"'],
  ["name LIKE 'x%'", 'attribute[name] LIKE "x%"'],
  ["name ILIKE 'X%'", 'attribute[name] ILIKE "X%"'],
  ["name != 'x'", 'attribute[name] != "x"'],
  ["name IN ('x','y')", 'attribute[name] IN ("x", "y")'],
  ["attribute.name = 'x'", 'attribute[name] = "x"'],
  ["tag.k = 'v'", 'tag[k] = "v"'],
  ["name = 'x' AND tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ["name = 'x' and tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ["name = 'x' AND", 'attribute[name] = "x"'],
  ["AND name = 'x'", 'attribute[name] = "x"'],
  ["name = 'x' tags.k = 'v'", 'attribute[name] = "x" AND tag[k] = "v"'],
  ['name = "it\'s"', 'attribute[name] = "it\'s"'],
  ["name = 'it''s'", 'attribute[name] = "it\'\'s"'],
  ["name = ''", 'attribute[name] = ""'],
  ["name IN ('a')", 'attribute[name] IN ("a")'],
  ["name NOT IN ('a', 'b')", 'attribute[name] NOT IN ("a", "b")'],
  ["name='x'and tags.k='y'", 'attribute[name] = "x" AND tag[k] = "y"'],
];

const refused: FilterCase[] = [
  ...refusedWithoutMetrics,
  ["attribute.status = 'RUNNING'", "Invalid attribute key 'status' specified. Valid keys are '{'name'}'"],
  ["status = 'RUNNING'", "Invalid attribute key 'status' specified. Valid keys are '{'name'}'"],
  ["Status = 'RUNNING'", "Invalid attribute key 'Status' specified. Valid keys are '{'name'}'"],
  ["status = 'foo'", "Invalid attribute key 'status' specified. Valid keys are '{'name'}'"],
  ["name > 'x'", 'Invalid comparator for attribute: >'],
  ['name = 1', 'Expected a quoted string value or a list of quoted string values for attributes. Got value 1'],
  ["name == 'x'", 'Invalid comparator for attribute: =='],
  ["name <> 'x'", 'Invalid comparator for attribute: <>'],
  ["name NOT LIKE 'x'", 'Invalid comparator for attribute: NOT LIKE'],
  ['name IN ()', 'While parsing a list in the query, expected a non-empty list of string values, but got empty list'],
  [
    'name IN (1)',
    'While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: (1,)',
  ],
  ["tags.k not like 'x'", 'Invalid comparator for tag: NOT LIKE'],
  [
    "name IN ('a',,'b')",
    'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
];

const different: FilterCase[] = [
  ['tags.a IS NULL', "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'"],
  ['tags.a is not null', "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'"],
  [
    "tags.a IS NULL AND params.b = 'x'",
    "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'",
  ],
  ["`run name` = 'x'", "! Invalid attribute key 'run name' specified. Valid keys are '{'name'}'"],
  ["`Run name` = 'x'", "! Invalid attribute key 'Run name' specified. Valid keys are '{'name'}'"],
  ['"Run name" = \'x\'', "! Invalid attribute key 'Run name' specified. Valid keys are '{'name'}'"],
  ['`metrics`.a > 1', "! Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['tags.a IS NOT  NULL', "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'"],
  ['tags.a NOT NULL', '! Invalid clause(s) in filter string: tags.a, NOT, NULL'],
  ["`name` = 'x'", 'attribute[name] = "x"'],
  ['"name" = \'x\'', 'attribute[name] = "x"'],
  ['creation_time IS NULL', "! Invalid attribute key 'creation_time' specified. Valid keys are '{'name'}'"],
  ['run_id IS NULL', "! Invalid attribute key 'run_id' specified. Valid keys are '{'name'}'"],
  ['version_number IS NULL', "! Invalid attribute key 'version_number' specified. Valid keys are '{'name'}'"],
  [
    'name IN (x)',
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  ["tags.a = 'C:\\' AND tags.b = 'x'", "! Invalid clause(s) in filter string: x, '"],
];

testFilters(parseRegisteredModelFilter, { accepted, refused, different });
