/** What the value of a project's parameter must be, by its declared type. */

const float = /^[-+]?((\d+(_\d+)*)(\.(\d+(_\d+)*)?)?|\.\d+(_\d+)*)(e[-+]?\d+)?$|^[-+]?(inf(inity)?|nan)$/i;
const whole = /^[-+]?\d+(_\d+)*$/;

/** What it must be and is not, such as `a number`; numbers are as Python reads them. */
export function numberNeeded(type: string, value: string): 'a number' | 'a whole number' | undefined {
  if (type === 'float' && !float.test(value.trim())) return 'a number';
  if (type === 'int' && !whole.test(value.trim())) return 'a whole number';
  return undefined;
}
