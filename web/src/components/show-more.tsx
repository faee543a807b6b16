import { text } from '../text/common.ts';
import { Button } from './button.tsx';
import { count } from './format.ts';

interface ShowMoreProps {
  readonly shown: number;
  readonly total: number;
  /** How many more at a time. */
  readonly step: number;
  readonly onShow: (shown: number) => void;
}

/** Below a list that is laid out in parts; nothing when all of it is there. */
export function ShowMore({ shown, total, step, onShow }: ShowMoreProps) {
  if (shown >= total) return null;
  return (
    <Button
      kind="quiet"
      onClick={() => {
        onShow(shown + step);
      }}
    >
      {text.showMore(count(Math.min(step, total - shown)))}
    </Button>
  );
}
