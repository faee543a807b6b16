/** What the tests of filters share: what every search, or several of them, make of the same texts. */
import { describe, expect, test } from 'bun:test';
import type { Comparison } from './syntax.ts';
import { outcome } from './test-outcome.ts';

/** A filter, and what it means as `outcome` tells it, or the message with which it is refused. */
export type FilterCase = [filter: string, outcome: string];

interface FilterCases {
  /** What MLflow accepts, with what it means. */
  readonly accepted: readonly FilterCase[];
  /** What MLflow refuses, with its message; sets are sorted here, while MLflow prints them in any order. */
  readonly refused: readonly FilterCase[];
  /** Where MLflow fails with an internal error, or trips over the SQL words it knows, we say something else (! is an error). */
  readonly different: readonly FilterCase[];
}

export function testFilters(
  parse: (filter: string | undefined) => readonly Comparison[],
  { accepted, refused, different }: FilterCases,
): void {
  describe(parse.name, () => {
    test.each([...accepted])('%s', (filter, meaning) => {
      expect(outcome(() => parse(filter))).toBe(meaning);
    });
    test.each([...refused])('%s', (filter, message) => {
      expect(outcome(() => parse(filter))).toBe(`! ${message}`);
    });
    test.each([...different])('%s', (filter, expected) => {
      expect(outcome(() => parse(filter))).toBe(expected);
    });
    test('no filter', () => {
      expect(parse(undefined)).toEqual([]);
      expect(parse('')).toEqual([]);
    });
  });
}

/** Accepted by every search. */
export const acceptedEverywhere: readonly FilterCase[] = [
  ["tags.a != 'x'", 'tag[a] != "x"'],
  ["tags.mlflow.runName = 'x'", 'tag[mlflow.runName] = "x"'],
  ["tags.`mlflow.runName` = 'x'", 'tag[mlflow.runName] = "x"'],
  ['tags."mlflow.source.type" = \'x\'', 'tag[mlflow.source.type] = "x"'],
  ["tags.user = 'x'", 'tag[user] = "x"'],
  ["tags.version = 'x'", 'tag[version] = "x"'],
  ["tags.k = 'v'", 'tag[k] = "v"'],
  ["tags.k LIKE 'v%'", 'tag[k] LIKE "v%"'],
  ["tags.`k k` = 'v'", 'tag[k k] = "v"'],
  ['tags."k" = \'v\'', 'tag[k] = "v"'],
  ["tags.`a'; DROP TABLE x; --` = 'x'", 'tag[a\'; DROP TABLE x; --] = "x"'],
  ["tags.a.b = 'x'", 'tag[a.b] = "x"'],
  ["tags.é = 'x'", 'tag[é] = "x"'],
  ["tags.a ILIKE 'x'", 'tag[a] ILIKE "x"'],
  ['AND', ''],
  ['and and', ''],
  ["tags.a = ''''", 'tag[a] = "\'\'"'],
  ["tags.a = 'C:\\'", 'tag[a] = "C:\\\\"'],
  ["tags.k = 'v' AND tags.k = 'w'", 'tag[k] = "v" AND tag[k] = "w"'],
  ["tags.a = 'é中'", 'tag[a] = "é中"'],
  ["tags.`é` = 'x'", 'tag[é] = "x"'],
];

/** Accepted by the searches of what has metrics and params: runs and logged models. */
export const acceptedWithMetrics: readonly FilterCase[] = [
  ['metrics.a > 0.5', 'metric[a] > 0.5'],
  ['metrics.a > .5', 'metric[a] > 0.5'],
  ['metrics.a > -0.5', 'metric[a] > -0.5'],
  ['metrics.a > 1e-3', 'metric[a] > 0.001'],
  ['metrics.a > 1E5', 'metric[a] > 100000'],
  ["params.a = 'x'", 'param[a] = "x"'],
  ['params.a = "x"', 'param[a] = "x"'],
  ["params.a LIKE '%x%'", 'param[a] LIKE "%x%"'],
  ["params.a like '%x%'", 'param[a] LIKE "%x%"'],
  ["params.a Ilike '%x%'", 'param[a] ILIKE "%x%"'],
  ["attributes.status = 'RUNNING'", 'attribute[status] = "RUNNING"'],
  ["status = 'RUNNING'", 'attribute[status] = "RUNNING"'],
  ["status = 'foo'", 'attribute[status] = "foo"'],
  ["status LIKE 'R%'", 'attribute[status] LIKE "R%"'],
  ['metrics.a > 1 and metrics.b > 2', 'metric[a] > 1 AND metric[b] > 2'],
  ['metrics.a > 1 And metrics.b > 2', 'metric[a] > 1 AND metric[b] > 2'],
  ['metrics.a > 1 AND', 'metric[a] > 1'],
  ['AND metrics.a > 1', 'metric[a] > 1'],
  ['metrics.a > 1 metrics.b > 2', 'metric[a] > 1 AND metric[b] > 2'],
  ['metrics.a > 1 AND AND metrics.b > 2', 'metric[a] > 1 AND metric[b] > 2'],
  ['metrics.a>1', 'metric[a] > 1'],
  ["params.a='x'AND params.b='y'", 'param[a] = "x" AND param[b] = "y"'],
  ['metrics.a > 1 AND metrics.a > 1', 'metric[a] > 1 AND metric[a] > 1'],
  ['metrics.`a` > 1', 'metric[a] > 1'],
  ['metrics."a" > 1', 'metric[a] > 1'],
  ["metrics.'a' > 1", 'metric[a] > 1'],
  ['metrics.`a.b` > 1', 'metric[a.b] > 1'],
  ['metrics.a.b > 1', 'metric[a.b] > 1'],
  ['metrics.`a/b` > 1', 'metric[a/b] > 1'],
  ['metrics.`a-b` > 1', 'metric[a-b] > 1'],
  ['metrics."a b" > 1', 'metric[a b] > 1'],
  ['metrics.`é 中` > 1', 'metric[é 中] > 1'],
  ['metrics.é > 1', 'metric[é] > 1'],
  ['metrics.中文 > 1', 'metric[中文] > 1'],
  ["params.`a` = 'x'", 'param[a] = "x"'],
  ['params."a`b" = \'x\'', 'param[a`b] = "x"'],
  ["params.`a\"b` = 'x'", 'param[a"b] = "x"'],
  ["params.`a``b` = 'x'", 'param[a``b] = "x"'],
  ["params.`a'b` = 'x'", 'param[a\'b] = "x"'],
  ['metrics.1a > 1', 'metric[1a] > 1'],
  ['metrics.a1 > 1', 'metric[a1] > 1'],
  ['metrics.2a.b > 1', 'metric[2a.b] > 1'],
  ['metrics._a > 1', 'metric[_a] > 1'],
  ['metrics.a=1', 'metric[a] = 1'],
  ["params.a='it''s'", 'param[a] = "it\'\'s"'],
  ["params.a='it\\'s'", 'param[a] = "it\\\\\'s"'],
  ['params.a="it\'s"', 'param[a] = "it\'s"'],
  ['params.a=\'say "hi"\'', 'param[a] = "say \\"hi\\""'],
  ["params.a=''", 'param[a] = ""'],
  ['params.a=""', 'param[a] = ""'],
  ["params.a='1; DROP TABLE runs'", 'param[a] = "1; DROP TABLE runs"'],
  ["params.`a'; DROP TABLE runs; --` = 'x'", 'param[a\'; DROP TABLE runs; --] = "x"'],
  ["params.\"a' OR 1=1 --\" = 'x'", 'param[a\' OR 1=1 --] = "x"'],
  ['metrics.a > 9223372036854775808', 'metric[a] > 9223372036854776000'],
  ['metrics.a > 1e999', 'metric[a] > Infinity'],
  ["params.end = 'x'", 'param[end] = "x"'],
  ["params.order = 'x'", 'param[order] = "x"'],
  ["params.group = 'x'", 'param[group] = "x"'],
  ["params.key = 'x'", 'param[key] = "x"'],
  ["params.type = 'x'", 'param[type] = "x"'],
  ["params.like = 'x'", 'param[like] = "x"'],
  ["params.and = 'x'", 'param[and] = "x"'],
  ["params.null = 'x'", 'param[null] = "x"'],
  ['metrics.max > 1', 'metric[max] > 1'],
  ['metrics.count > 1', 'metric[count] > 1'],
  ['metrics.loss > 1', 'metric[loss] > 1'],
  ['metrics.f1 > 1', 'metric[f1] > 1'],
  ['metrics.accuracy > 1', 'metric[accuracy] > 1'],
  ['metrics.name > 1', 'metric[name] > 1'],
  ['metrics.date > 1', 'metric[date] > 1'],
  ['metrics.select > 1', 'metric[select] > 1'],
  ['metrics.value > 1', 'metric[value] > 1'],
  ["params.k = 'v'", 'param[k] = "v"'],
  ['metrics.k > 1', 'metric[k] > 1'],
  ["status = 'READY'", 'attribute[status] = "READY"'],
  ["params.k != 'v'", 'param[k] != "v"'],
  ["params.k LIKE 'v%'", 'param[k] LIKE "v%"'],
  ['metrics.k = 1', 'metric[k] = 1'],
  ['metrics.`k k` > 1', 'metric[k k] > 1'],
  ['metrics."k" > 1', 'metric[k] > 1'],
  ["metrics.'k' > 1", 'metric[k] > 1'],
  ['status = "it\'s"', 'attribute[status] = "it\'s"'],
  ['metrics.a > 1.', 'metric[a] > 1'],
  ['metrics.a > -.5', 'metric[a] > -0.5'],
  ['metrics.a >-5', 'metric[a] > -5'],
  ['metrics.a>=-5e-3', 'metric[a] >= -0.005'],
];

/** Refused by the searches of what has neither: experiments, registered models and their versions. */
export const refusedWithoutMetrics: readonly FilterCase[] = [
  ['metrics.a > 0.5', "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['metric.a > 0.5', "Invalid entity type 'metric'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['metrics.a > .5', "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['metrics.a > -0.5', "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['metrics.a > +0.5', 'Invalid clause(s) in filter string: metrics.a, >, +, 0.5'],
  ['metrics.a > 1e-3', "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ['metrics.a > 1E5', "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ["params.a IN 'a'", "Invalid clause(s) in filter string: params.a, IN, 'a'"],
  ["params.a IS 'x'", "Invalid clause(s) in filter string: params.a, IS, 'x'"],
  ["tags.a > 'x'", 'Invalid comparator for tag: >'],
  ["tags.a IN ('x','y')", "Expected a quoted string value for tag (e.g. 'my-value'). Got value ('x','y')"],
  ["Run name = 'x'", 'Invalid clause(s) in filter string: Run'],
  ["run name = 'x'", 'Invalid clause(s) in filter string: run'],
  [".a = 'x'", 'Invalid clause(s) in filter string: .'],
  ['metrics.a', 'Invalid clause(s) in filter string: metrics.a'],
  ['metrics.a >', 'Invalid clause(s) in filter string: metrics.a, >'],
  ['> 1', 'Invalid clause(s) in filter string: >, 1'],
  ['1 > metrics.a', "Invalid comparison clause. Expected 'Identifier' found '1'"],
  ['0.5 < metrics.a', "Invalid comparison clause. Expected 'Identifier' found '0.5'"],
  ["'x' = params.a", "Invalid comparison clause. Expected 'Identifier' found ''x''"],
  ['metrics.a > 1 OR metrics.b > 2', 'Invalid clause(s) in filter string: OR'],
  ['metrics.a > 1 or metrics.b > 2', 'Invalid clause(s) in filter string: or'],
  ['metrics.a > 1, metrics.b > 2', 'Invalid clause(s) in filter string: metrics.a > 1, metrics.b > 2'],
  ['NOT metrics.a > 1', 'Invalid clause(s) in filter string: NOT'],
  ['(metrics.a > 1)', 'Invalid clause(s) in filter string: (metrics.a > 1)'],
  ['(metrics.a > 1) AND metrics.b > 2', 'Invalid clause(s) in filter string: (metrics.a > 1)'],
  ['(metrics.a > 1 AND metrics.b > 2)', 'Invalid clause(s) in filter string: (metrics.a > 1 AND metrics.b > 2)'],
  [
    'metrics.a > 1; metrics.b > 2',
    "Search filter contained multiple expression 'metrics.a > 1; metrics.b > 2'. Provide AND-ed expression list.",
  ],
  ['metrics.a > 1;', 'Invalid clause(s) in filter string: ;'],
  ['metrics.a > 1 -- comment', 'Invalid clause(s) in filter string: -- comment'],
  ['metrics.a > 1 --comment', 'Invalid clause(s) in filter string: --comment'],
  ['-- x', 'Invalid clause(s) in filter string: -- x'],
  ['/* c */ metrics.a > 1', 'Invalid clause(s) in filter string: /* c */'],
  ['metrics.a > 1 # c', 'Invalid clause(s) in filter string: # c'],
  ["params.a = 'x' AND params.b", 'Invalid clause(s) in filter string: params.b'],
  ['metrics.a/b > 1', "Invalid comparison clause. Expected 'Identifier' found 'metrics.a/b'"],
  ['metrics.a-b > 1', "Invalid comparison clause. Expected 'Identifier' found 'metrics.a-b'"],
  ['metrics.a b > 1', 'Invalid clause(s) in filter string: metrics.a'],
  ['metrics.@a > 1', "Invalid comparison clause. Expected 'Identifier' found 'metrics.@a'"],
  ["params.a='x", "Invalid clause(s) in filter string: params.a, =, ', x"],
  ["params.a=x'", "Invalid clause(s) in filter string: '"],
  ['params.a=\'x"', 'Invalid clause(s) in filter string: params.a, =, \', x, "'],
  ["params.a='x' 'y'", "Invalid clause(s) in filter string: 'y'"],
  ['metrics.a > 1 UNION SELECT 1', 'Invalid clause(s) in filter string: UNION, SELECT, 1'],
  ['SELECT 1', 'Invalid clause(s) in filter string: SELECT, 1'],
  ['select * from runs', 'Invalid clause(s) in filter string: select, *, from, runs'],
  ['metrics.a BETWEEN 1 AND 2', 'Invalid clause(s) in filter string: metrics.a, BETWEEN, 1, 2'],
  ['tags.a ISNULL', 'Invalid clause(s) in filter string: tags.a, ISNULL'],
  ['tags.a IS NOTNULL', 'Invalid clause(s) in filter string: tags.a, IS, NOTNULL'],
  ["run_id IN ('x', 'y'", "Invalid clause(s) in filter string: run_id, IN, (, 'x', 'y'"],
  ["run_id IN 'x', 'y')", "Invalid clause(s) in filter string: run_id, IN, 'x', 'y', )"],
  ['run_id IN', 'Invalid clause(s) in filter string: run_id, IN'],
  ['run_id NOT IN', 'Invalid clause(s) in filter string: run_id, NOT, IN'],
  ["run_id NOT ('x')", "Invalid clause(s) in filter string: run_id, NOT, ('x')"],
  [
    'name = x',
    'Parameter value is either not quoted or unidentified quote types used for string value x. Use either single or double quotes.',
  ],
  ["tags.k > 'v'", 'Invalid comparator for tag: >'],
  ["tags.k IN ('v')", "Expected a quoted string value for tag (e.g. 'my-value'). Got value ('v')"],
  [
    'tags.k = v',
    'Parameter value is either not quoted or unidentified quote types used for string value v. Use either single or double quotes.',
  ],
  ['tags.k = 1', "Expected a quoted string value for tag (e.g. 'my-value'). Got value 1"],
  ["name = 'x' OR name = 'y'", 'Invalid clause(s) in filter string: OR'],
  ["name = 'x' or tags.k = 'v'", 'Invalid clause(s) in filter string: or'],
  ["name = 'x', name = 'y'", "Invalid clause(s) in filter string: name = 'x', name = 'y'"],
  ["(name = 'x')", "Invalid clause(s) in filter string: (name = 'x')"],
  ["NOT name = 'x'", 'Invalid clause(s) in filter string: NOT'],
  ["name = 'x';", 'Invalid clause(s) in filter string: ;'],
  [
    "name = 'x'; name = 'y'",
    "Search filter contained multiple expression \"name = 'x'; name = 'y'\". Provide AND-ed expression list.",
  ],
  ["name = 'x' -- c", 'Invalid clause(s) in filter string: -- c'],
  ['name', 'Invalid clause(s) in filter string: name'],
  ['name =', 'Invalid clause(s) in filter string: name, ='],
  ["= 'x'", "Invalid clause(s) in filter string: =, 'x'"],
  ["run_id IN 'x'", "Invalid clause(s) in filter string: run_id, IN, 'x'"],
  ["tags.a b = 'x'", 'Invalid clause(s) in filter string: tags.a'],
  ['tags.a LIKE 1', "Expected a quoted string value for tag (e.g. 'my-value'). Got value 1"],
  ["tags.a < 'x'", 'Invalid comparator for tag: <'],
  ['creation_time > +5', 'Invalid clause(s) in filter string: creation_time, >, +, 5'],
  [';', 'Invalid clause(s) in filter string: ;'],
  [' ; ', 'Invalid clause(s) in filter string: ;'],
  ['metrics.a > 1;;', "Search filter contained multiple expression 'metrics.a > 1;;'. Provide AND-ed expression list."],
  ['foo', 'Invalid clause(s) in filter string: foo'],
  ["params.a = 'x' /* c */", 'Invalid clause(s) in filter string: /* c */'],
  ['()', 'Invalid clause(s) in filter string: ()'],
  ["((name = 'x'))", "Invalid clause(s) in filter string: ((name = 'x'))"],
  ["name = 'x' AND (tags.k = 'v')", "Invalid clause(s) in filter string: (tags.k = 'v')"],
];
