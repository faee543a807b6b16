/** What stands in a card's options, which an address may have made: anything. */
import type { CardOptions } from '../card-spec.ts';

export function textOption(options: CardOptions, key: string): string {
  const value = options[key];
  return typeof value === 'string' ? value : '';
}

export function isOn(options: CardOptions, key: string): boolean {
  return options[key] === true || options[key] === 'true';
}

export function numberOption(options: CardOptions, key: string): number | undefined {
  const value = Number(options[key] ?? NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** One of the names; the first of them where there is another. */
export function choiceOption<Name extends string>(
  options: CardOptions,
  key: string,
  names: readonly [Name, ...Name[]],
): Name {
  return names.find((name) => name === options[key]) ?? names[0];
}
