import { describe, expect, test } from 'bun:test';
import { requirementOf, withoutRequirements, withRequirements } from './requirements.ts';

describe('a requirement', () => {
  test.each([
    ['pandas', 'pandas', 'pandas'],
    [' Scikit_Learn == 1.9.1 ', 'scikit-learn', 'Scikit_Learn==1.9.1'],
    ['mlflow >= 2.8, != 2.9.0', 'mlflow', 'mlflow>=2.8,!=2.9.0'],
    ["x [a, b]>1.*; python_version < '3'", 'x', "x[a,b]>1.*; python_version < '3'"],
    ['tool @ file:///tmp/tool.whl', 'tool', 'tool @ file:///tmp/tool.whl'],
  ])('%s', (text, name, line) => {
    expect(requirementOf(text)).toEqual({ name, line });
  });

  test.each(['', 'a b', '==1', '-r other.txt', 'a>', '--index-url=x'])('is not %j', (text) => {
    expect(() => requirementOf(text)).toThrow('is no requirement');
  });
});

const lines = ['mlflow==3.0', '-r more.txt', 'scikit-learn==1.0', 'numpy'];

test('one that is added takes the place of its name, or comes last', () => {
  const added = ['Scikit.Learn>1', 'lightgbm'].map(requirementOf);
  expect(withRequirements(lines, added)).toEqual(['mlflow==3.0', '-r more.txt', 'Scikit.Learn>1', 'numpy', 'lightgbm']);
});

test('one that is removed goes by its name alone', () => {
  expect(withoutRequirements(lines, ['scikit_learn==7', 'absent'].map(requirementOf))).toEqual(['mlflow==3.0', '-r more.txt', 'numpy']); // prettier-ignore
});
