import { bytes, duration, shortNumber } from '../../components/format.ts';
import { text } from '../../text/automl.ts';

/** What a trial costs, in words, by the name of its metric. */
export function costText(name: string, value: number): string {
  if (name === 'model_size_bytes') return bytes(value);
  if (name === 'predict_ms_per_row') return predictText(value);
  return duration(value * 1000);
}

/** Mostly far below a millisecond. */
export function predictText(ms: number): string {
  return ms < 1 ? text.trials.microseconds(roughly(ms * 1000)) : text.trials.milliseconds(roughly(ms));
}

/** A measured time is not known to the fourth digit. */
function roughly(value: number): string {
  return shortNumber(value >= 10 ? Math.round(value) : Number(value.toPrecision(2)));
}
