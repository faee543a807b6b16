import { Icon, type IconName } from './icon.tsx';

/** How a state looks: a shape and the colour of its kind, whatever the thing calls it. */
export type StateLook = 'running' | 'finished' | 'failed' | 'killed' | 'scheduled' | 'skipped' | 'blocked';

interface StateWordProps {
  readonly look: StateLook;
  readonly word: string;
  /** The state by its own name, for styles and tests. */
  readonly state: string;
}

/** A state told by shape, colour and a word. */
export function StateWord({ look, word, state }: StateWordProps) {
  return (
    <span className="state-word" data-state={state}>
      <span className={`status ${look}`}>
        <Icon name={look satisfies IconName} />
      </span>
      {word}
    </span>
  );
}
