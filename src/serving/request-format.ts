/** The form of a request's body, by its content type. */
import { ScoringError } from '../models/scoring-error.ts';
import type { ScoringRequest } from './scorer.ts';

const formats: Readonly<Record<string, ScoringRequest['format']>> = {
  'application/json': 'json',
  'text/csv': 'csv',
  'application/vnd.apache.parquet': 'parquet',
};

/** Why a body is not read: 415, in plain text as MLflow says it. */
export interface Unsupported {
  readonly reason: string;
  readonly json: boolean;
}

export function formatOf(contentType: string | null): ScoringRequest['format'] | Unsupported {
  const known = Object.keys(formats).join(', ');
  if (contentType === null || contentType.trim() === '') {
    const advice = `The request has no Content-Type. Send ${known}.`;
    return { reason: new ScoringError('INVALID_PARAMETER_VALUE', advice).toJson(), json: true };
  }
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    if (name.toLowerCase() !== 'charset') return plain(`The content type parameter '${name}' is not known.`);
    if (value.replaceAll('"', '').toLowerCase() !== 'utf-8') return plain('The scoring server only supports UTF-8');
  }
  return formats[type.toLowerCase()] ?? plain(`The content type '${contentType}' is not supported. Send ${known}.`);
}

function plain(reason: string): Unsupported {
  return { reason, json: false };
}
