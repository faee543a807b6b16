interface StepSliderProps {
  readonly label: string;
  /** Ascending. */
  readonly steps: readonly number[];
  readonly step: number;
  /** What a screen reader says of a step. */
  readonly wordsOf: (step: string) => string;
  readonly onStep: (step: number) => void;
}

/** One of the steps that there are; arrow keys go from one to the next, however far they are apart. */
export function StepSlider({ label, steps, step, wordsOf, onStep }: StepSliderProps) {
  return (
    <label className="step-slider">
      {label}
      <input
        type="range"
        min={0}
        max={Math.max(0, steps.length - 1)}
        value={steps.indexOf(step)}
        aria-valuetext={wordsOf(String(step))}
        onChange={(event) => {
          onStep(steps[Number(event.target.value)] ?? 0);
        }}
      />
      <output className="number">{step}</output>
    </label>
  );
}
