/** Values in a shell script, which are never read as code: what is not plain stands in a variable. */
import { shellParts } from '../sources/text/shell-text.ts';

/** What no shell takes for anything but itself, in quotes and without. */
const plain = /^[\p{L}\p{Nd}_./:=+,@%-]+$/u;

export class ShellValues {
  /** The variables that the script needs in its environment. */
  readonly environment: Record<string, string> = {};

  /** @throws SyntaxError where a value cannot stand */
  readonly write = (value: string, before: string): string => {
    if (plain.test(value)) return value;
    const last = shellParts(before).at(-1);
    const context = last && !last.isClosed ? last.type : 'plain';
    // Nothing is expanded there, and a value as it is might end it.
    if (context === 'literal') {
      throw new SyntaxError(
        `The value ${value} cannot stand in a here-document whose end is in quotes; take the quotes away`,
      );
    }
    const variable = `MODELYARD_VALUE_${Object.keys(this.environment).length + 1}`;
    this.environment[variable] = value;
    if (context === 'single') return `'"\${${variable}}"'`;
    return context === 'plain' ? `"\${${variable}}"` : `\${${variable}}`;
  };
}
