/** A name in a narrow place is cut in its middle: names that were made by a program mostly differ at their ends. */

/** Of its end these many letters stay. */
export const endKept = 12;

/** Whether it is cut where there is no room. A table of thousands of short names spares their marks. */
export function isLongName(name: string): boolean {
  return name.length > 2 * endKept;
}

interface CutNameProps {
  readonly name: string;
  readonly title?: string;
  /** How many letters of its end stay. */
  readonly kept?: number;
}

/** The whole is in its text and, unless there is more to say, its title. */
export function CutName({ name, title = name, kept = endKept }: CutNameProps) {
  const letters = [...name];
  const cut = isLongName(name) ? letters.length - kept : letters.length;
  return (
    <span className="cut-name" title={title}>
      <span className="ellipsis">{letters.slice(0, cut).join('')}</span>
      {cut < letters.length && <span>{letters.slice(cut).join('')}</span>}
    </span>
  );
}
