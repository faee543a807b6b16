interface ShareFieldProps {
  /** What a screen reader calls both. */
  readonly label: string;
  readonly value: number;
  readonly disabled?: boolean;
  readonly onChange: (share: number) => void;
}

/** Percent of the traffic: a slider for the hand, a number beside it for the exact. */
export function ShareField({ label, value, disabled = false, onChange }: ShareFieldProps) {
  return (
    <span className="share-field">
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        aria-label={label}
        aria-valuetext={`${value} %`}
        disabled={disabled}
        value={value}
        onChange={(event) => {
          onChange(Number(event.target.value));
        }}
      />
      <input
        type="number"
        min={0}
        max={100}
        step={1}
        aria-label={label}
        disabled={disabled}
        value={value}
        onChange={(event) => {
          onChange(Math.max(0, Math.min(100, Math.round(event.target.valueAsNumber) || 0)));
        }}
      />
      <span className="dim">%</span>
    </span>
  );
}
