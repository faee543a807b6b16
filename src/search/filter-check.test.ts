import { describe, expect, test } from 'bun:test';
import { filterMistake, type FilteredEntity } from './filter-check.ts';

/** The filter with its mistake between angle brackets. */
function marked(entity: FilteredEntity, filter: string): string {
  const mistake = filterMistake(entity, filter);
  if (!mistake) return 'none';
  const { start, end } = mistake;
  return `${filter.slice(0, start)}⟨${filter.slice(start, end)}⟩${filter.slice(end)}`;
}

describe('the place of the first mistake', () => {
  test.each<[FilteredEntity, string]>([
    ['run', 'metrics.loss⟨⟩'],
    ['run', 'metrics.loss <⟨⟩'],
    ['run', "metrics.loss < ⟨'a'⟩"],
    ['run', 'metrics.loss ⟨LIKE⟩ 3'],
    ['run', "metrics.loss ⟨LIKE⟩ 'a'"],
    ['run', "⟨foo.a⟩ = 'x'"],
    ['run', '⟨attributes.nope⟩ = 1'],
    ['run', '⟨bogus..x⟩'],
    ['run', 'metrics.a > 1 AND ⟨bogus..x⟩ <'],
    ['run', 'tags.a = ⟨3⟩'],
    ['run', "tags.a ⟨>⟩ 'x'"],
    ['run', "params.a > ⟨'x'⟩"],
    ['run', 'params.a LIKE ⟨3⟩'],
    ['run', "params.a IN ⟨('a', 1)⟩"],
    ['run', 'metrics.a ⟨IS NOT NULL⟩'],
    ['run', "metrics.a > 1 AND ⟨tags⟩ = 'x'"],
    ['run', "tags.a = 'x' ⟨OR⟩ tags.b = 'y'"],
    ['run', "⟨(⟩tags.a = 'x')"],
    ['run', "tags.a = ⟨'⟩x"],
    ['run', "tags.a = 'x' AND ⟨=⟩ 'y'"],
    ['run', "attributes.run_id IN ⟨('a', 1)⟩"],
    ['run', "attributes.start_time ⟨IN⟩ ('a')"],
    ['run', "tags.a ⟨==⟩ 'x'"],
    ['run', "tags.`a b` = 'x' AND metrics.`é` > ⟨'1'⟩"],
    ['experiment', '⟨metrics.a⟩ > 1'],
    ['registered_model', "name ⟨>⟩ 'x'"],
    ['model_version', "⟨version⟩ = 'x'"],
    ['logged_model', "metrics.a > ⟨'x'⟩"],
  ])('%s: %s', (entity, expected) => {
    expect(marked(entity, expected.replace(/[⟨⟩]/g, ''))).toBe(expected);
  });

  test.each<[FilteredEntity, string]>([
    ['run', ''],
    ['run', "metrics.a > 1 AND params.b LIKE 'x%' and attributes.status = 'RUNNING'"],
    ['run', "attributes.run_id IN ('a', 'b') AND tags.x IS NULL"],
    ['run', "attributes.status IN ('FAILED', 'KILLED') AND attributes.models = 'a'"],
    ['run', "params.a > 0.5 AND params.b = 3 AND params.c NOT IN ('x') AND tags.d IN ('x', 'y')"],
    ['experiment', "name ILIKE '%a%'"],
    ['registered_model', "name = 'x' AND tags.k = 'v'"],
    ['model_version', "run_id = 'x'"],
    ['logged_model', 'metrics.a >= 1'],
  ])('%s: %s has none', (entity, filter) => {
    expect(marked(entity, filter)).toBe('none');
  });

  test('what is only wrong as a whole is marked as a whole', () => {
    const filter = Array.from({ length: 501 }, () => 'metrics.a > 1').join(' AND ');
    expect(filterMistake('run', filter)).toMatchObject({ start: 0, end: filter.length });
  });
});

test('messages say what is expected', () => {
  const message = (filter: string): string | undefined => filterMistake('run', filter)?.message;
  expect(message('AND')).toBeUndefined();
  expect(message('metrics.loss <')).toBe('Expected a value.');
  expect(message('metrics.loss')).toBe('Expected a comparator, such as =, !=, <, LIKE or IN.');
  expect(message('bogus..x <')).toStartWith("Invalid entity type 'bogus'");
  expect(message('= 3')).toStartWith('Expected a key, such as metrics.loss');
  expect(message("tags.a = 'x")).toBe("Expected a value; found a quote ' that is not closed");
  expect(message("metrics.loss = 'a'")).toBe("Expected numeric value type for metric. Found 'a'");
  expect(message("metrics.loss LIKE 'a'")).toStartWith("Invalid comparator 'LIKE' not one of");
});
