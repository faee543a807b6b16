/** Images that were logged with a key and a step: all keys at one step, or all steps side by side. */
import { useEffect, useMemo, useState } from 'react';
import { downloadUrl } from '../../../../api/artifacts.ts';
import { StepSlider } from '../../../../components/step-slider.tsx';
import { useUrlState } from '../../../../components/url-state.ts';
import { text } from '../../../../text/artifacts.ts';
import { imageAt, stepIn, type SteppedImage } from '../stepped-images.ts';
import { useViewAs } from './view-as.tsx';

interface SteppedPreviewProps {
  readonly runId: string;
  readonly images: readonly SteppedImage[];
}

const mostKeys = 200;
const mostSteps = 100;

export function SteppedPreview({ runId, images }: SteppedPreviewProps) {
  const [url, setUrl] = useUrlState();
  const steps = useMemo(() => [...new Set(images.map(({ step }) => step))].sort((a, b) => a - b), [images]);
  const byKey = useMemo(() => Object.entries(Object.groupBy(images, ({ key }) => key)).slice(0, mostKeys), [images]);
  const [mode, choice] = useViewAs([
    { key: 'one', label: text.modeOne },
    { key: 'all', label: text.modeAll },
    { key: 'blink', label: text.modeBlink },
    { key: 'difference', label: text.modeDifference },
  ]);
  const last = steps.at(-1) ?? 0;
  const step = stepIn(steps, url['step'], last);
  const against = stepIn(steps, url['against'], steps[0] ?? 0);
  return (
    <>
      <div className="view-bar">
        {choice}
        {mode !== 'all' && (
          <StepSlider
            label={text.step}
            steps={steps}
            step={step}
            wordsOf={text.stepOf}
            onStep={(next) => setUrl({ step: String(next) }, { replace: true })}
          />
        )}
        {(mode === 'blink' || mode === 'difference') && (
          <StepSlider
            label={text.against}
            steps={steps}
            step={against}
            wordsOf={text.stepOf}
            onStep={(next) => setUrl({ against: String(next) }, { replace: true })}
          />
        )}
      </div>
      <div className="stepped" tabIndex={0} role="region" aria-label={text.steppedImages}>
        {byKey.map(([key, own = []]) => (
          <section key={key} className={mode === 'all' ? 'stepped-key all' : 'stepped-key'}>
            <h3 className="ellipsis" title={key}>
              {key}
            </h3>
            {mode === 'all' ? (
              <div className="stepped-row">
                {own.slice(0, mostSteps).map((image) => (
                  <figure key={image.path}>
                    <Picture runId={runId} image={image} />
                    <figcaption className="dim number">{image.step}</figcaption>
                  </figure>
                ))}
              </div>
            ) : (
              <Compared runId={runId} mode={mode} front={imageAt(own, step)} back={imageAt(own, against)} />
            )}
          </section>
        ))}
      </div>
    </>
  );
}

function Picture({ runId, image, className = '' }: { runId: string; image: SteppedImage; className?: string }) {
  return (
    <img
      className={`stepped-image ${className}`}
      loading="lazy"
      src={downloadUrl(runId, image.path)}
      alt={`${image.key}, ${text.stepOf(String(image.step))}`}
    />
  );
}

interface ComparedProps {
  readonly runId: string;
  readonly mode: string;
  readonly front: SteppedImage | undefined;
  readonly back: SteppedImage | undefined;
}

function Compared({ runId, mode, front, back }: ComparedProps) {
  const turned = useBlink(mode === 'blink');
  const shown = mode === 'blink' && turned ? back : front;
  if (!shown || (mode === 'difference' && !back)) return <p className="dim">{text.noImageAtStep}</p>;
  return (
    <div className="stepped-stack">
      <Picture runId={runId} image={shown} />
      {mode === 'difference' && back && <Picture runId={runId} image={back} className="difference" />}
      <p className="dim number">{text.stepOf(String(shown.step))}</p>
    </div>
  );
}

/** Less than three times a second, so that it is no flashing. */
const blinkMs = 700;

function useBlink(on: boolean): boolean {
  const [turned, setTurned] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => {
      setTurned((before) => !before);
    }, blinkMs);
    return () => {
      clearInterval(timer);
      setTurned(false);
    };
  }, [on]);
  return turned;
}
