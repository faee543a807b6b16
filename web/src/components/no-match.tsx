import { Button } from './button.tsx';
import { State } from './page.tsx';

interface NoMatchProps {
  readonly title: string;
  /** What the button says. */
  readonly all: string;
  readonly onShowAll: () => void;
}

/** A list of which nothing matches what was searched for: the way back to all of it. */
export function NoMatch({ title, all, onShowAll }: NoMatchProps) {
  return (
    <State title={title}>
      <Button onClick={onShowAll}>{all}</Button>
    </State>
  );
}
