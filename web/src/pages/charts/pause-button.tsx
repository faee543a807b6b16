import { IconButton } from '../../components/button.tsx';
import { text } from '../../text/run.ts';
import { usePaused } from './use-paused.ts';

const words = text.charts;

/** Points of a running run come by themselves; who reads may want them to wait. */
export function PauseButton() {
  const [paused, pause] = usePaused();
  return (
    <>
      <span className={paused ? 'dim' : 'chart-live'}>{paused ? words.paused : words.live}</span>
      <IconButton
        icon={paused ? 'play' : 'pause'}
        label={paused ? words.goOn : words.pause}
        onClick={() => {
          pause(!paused);
        }}
      />
    </>
  );
}
