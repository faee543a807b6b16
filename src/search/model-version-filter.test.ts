/** Filters of model-versions/search. */
import { parseModelVersionFilter } from './filter-parser.ts';
import { acceptedEverywhere, refusedWithoutMetrics, testFilters, type FilterCase } from './test-filters.ts';

const accepted: FilterCase[] = [
  ...acceptedEverywhere,
  ["tag.a = 'x'", 'tag[a] = "x"'],
  ["run_id = 'x'", 'attribute[run_id] = "x"'],
  ["run_id IN ('x','y')", 'attribute[run_id] IN ("x", "y")'],
  ["run_id NOT IN ('x','y')", 'attribute[run_id] NOT IN ("x", "y")'],
  ["run_id IN ('x')", 'attribute[run_id] IN ("x")'],
  ["run_id LIKE 'x%'", 'attribute[run_id] LIKE "x%"'],
  ["name = 'x'", 'attribute[name] = "x"'],
  ['run_id IN ("x","y")', 'attribute[run_id] IN ("x", "y")'],
  ["run_id IN (\"it's\", 'b')", 'attribute[run_id] IN ("it\'s", "b")'],
  ["run_id IN ('a,b', 'c')", 'attribute[run_id] IN ("a,b", "c")'],
  ["run_id IN ('a)b', 'c')", 'attribute[run_id] IN ("a)b", "c")'],
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
  ["run_id IN ('x',)", 'attribute[run_id] IN ("x")'],
  ["run_id IN ('x','')", 'attribute[run_id] IN ("x", "")'],
  ["run_id IN ('x','it''s')", 'attribute[run_id] IN ("x", "it\'\'s")'],
  ["run_id LIKE 'x'", 'attribute[run_id] LIKE "x"'],
  ["run_id ILIKE 'x'", 'attribute[run_id] ILIKE "x"'],
  ["run_id != 'x'", 'attribute[run_id] != "x"'],
  ["source_path = 'x'", 'attribute[source_path] = "x"'],
  ["source_path LIKE 'x%'", 'attribute[source_path] LIKE "x%"'],
  ['version_number = 1', 'attribute[version_number] = 1'],
  ["version_number = '1'", 'attribute[version_number] = 1'],
  ['version_number > 1', 'attribute[version_number] > 1'],
  ['version_number = 9007199254740993', 'attribute[version_number] = 9007199254740993'],
  ['version_number != -1', 'attribute[version_number] != -1'],
  ["name IN ('a')", 'attribute[name] IN ("a")'],
  ["name NOT IN ('a', 'b')", 'attribute[name] NOT IN ("a", "b")'],
  ["name='x'and tags.k='y'", 'attribute[name] = "x" AND tag[k] = "y"'],
];

const refused: FilterCase[] = [
  ...refusedWithoutMetrics,
  [
    "attribute.status = 'RUNNING'",
    "Invalid attribute key 'status' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  [
    "status = 'RUNNING'",
    "Invalid attribute key 'status' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  [
    "Status = 'RUNNING'",
    "Invalid attribute key 'Status' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  [
    "status = 'foo'",
    "Invalid attribute key 'status' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  ["run_id > 'x'", 'Invalid comparator for attribute: >'],
  [
    'run_id IN (1,2)',
    'While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: (1, 2)',
  ],
  ['run_id IN ()', 'While parsing a list in the query, expected a non-empty list of string values, but got empty list'],
  [
    'run_id = 5',
    "Only the '{'creation_timestamp', 'last_updated_timestamp', 'version_number'}' attributes support comparison with numeric values.",
  ],
  ["name > 'x'", 'Invalid comparator for attribute: >'],
  [
    'name = 1',
    "Only the '{'creation_timestamp', 'last_updated_timestamp', 'version_number'}' attributes support comparison with numeric values.",
  ],
  ["name == 'x'", 'Invalid comparator for attribute: =='],
  ["name <> 'x'", 'Invalid comparator for attribute: <>'],
  ["name NOT LIKE 'x'", 'Invalid comparator for attribute: NOT LIKE'],
  [
    'run_id IN (1)',
    'While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: (1,)',
  ],
  [
    "run_id IN ('x',1)",
    "While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: ('x', 1)",
  ],
  [
    'run_id = x',
    'Parameter value is either not quoted or unidentified quote types used for string value x. Use either single or double quotes.',
  ],
  [
    'run_id = 1',
    "Only the '{'creation_timestamp', 'last_updated_timestamp', 'version_number'}' attributes support comparison with numeric values.",
  ],
  [
    "source_path IN ('x')",
    "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
  ],
  ['version_number >= 1.5', "Invalid value for numeric attribute 'version_number': 1.5"],
  [
    'version_number IN (1,2)',
    "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
  ],
  [
    "version_number IN ('1','2')",
    "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
  ],
  ["version_number LIKE '1'", 'Invalid comparator for attribute version_number: LIKE'],
  [
    'version_number = x',
    'Parameter value is either not quoted or unidentified quote types used for string value x. Use either single or double quotes.',
  ],
  ["version_number = 'abc'", "Invalid value for numeric attribute 'version_number': 'abc'"],
  ["version_number = ''", "Invalid value for numeric attribute 'version_number': ''"],
  ['version_number LIKE 1', 'Invalid comparator for attribute version_number: LIKE'],
  ['name IN ()', 'While parsing a list in the query, expected a non-empty list of string values, but got empty list'],
  [
    'name IN (1)',
    'While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: (1,)',
  ],
  ["tags.k not like 'x'", 'Invalid comparator for tag: NOT LIKE'],
];

const different: FilterCase[] = [
  ['tags.a IS NULL', "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'"],
  ['tags.a is not null', "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'"],
  [
    "tags.a IS NULL AND params.b = 'x'",
    "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'",
  ],
  [
    "`run name` = 'x'",
    "! Invalid attribute key 'run name' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  [
    "`Run name` = 'x'",
    "! Invalid attribute key 'Run name' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  [
    '"Run name" = \'x\'',
    "! Invalid attribute key 'Run name' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  ['`metrics`.a > 1', "! Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['tags.a IS NOT  NULL', "! IS NULL / IS NOT NULL is not supported in this search, but is asked of tag 'a'"],
  ['tags.a NOT NULL', '! Invalid clause(s) in filter string: tags.a, NOT, NULL'],
  [
    'run_id IN (x,y)',
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  [
    "run_id IN ('x' 'y')",
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  [
    "run_id IN (('x'))",
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  ["`name` = 'x'", 'attribute[name] = "x"'],
  ['"name" = \'x\'', 'attribute[name] = "x"'],
  [
    'creation_time IS NULL',
    "! Invalid attribute key 'creation_time' specified. Valid keys are '{'name', 'run_id', 'source_path', 'version_number'}'",
  ],
  [
    'run_id IN (x)',
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  ["run_id = ('x')", "! Expected a quoted string value for attributes. Got value ('x')"],
  [
    'name IN (x)',
    '! While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  ],
  ["tags.a = 'C:\\' AND tags.b = 'x'", "! Invalid clause(s) in filter string: x, '"],
];

testFilters(parseModelVersionFilter, { accepted, refused, different });
