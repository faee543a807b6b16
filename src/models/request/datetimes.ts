/** Times as pandas reads them from JSON: ISO 8601, all written alike, or nanoseconds since 1970. */
import { CastError } from './cast-error.ts';
import { kindOf } from './kind-of-values.ts';
import { shown } from './python-text.ts';

const missing = -(2n ** 63n);
const iso = /^(\d{4})-(\d\d)(?:-(\d\d)(?:([T ])(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Of a column with time zones: pandas knows it as another type. */
export class TimeZoneError extends Error {
  override readonly name = 'TimeZoneError';
}

/** @throws CastError, TimeZoneError */
export function datetimesOf(values: readonly unknown[]): BigInt64Array {
  const kind = kindOf(values);
  if (kind === 'bool' || kind === 'object')
    throw new CastError(`${shown(values.find((value) => value !== null))} is not convertible to datetime`);
  let form: string | undefined;
  const times = BigInt64Array.from(values, (value) => {
    if (value === null || value === undefined || value === '' || value === 'NaT' || value === 'nan' || value === 'NaN')
      return missing;
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number') return Number.isNaN(value) ? missing : BigInt(Math.trunc(value));
    const time = timeOf(value as string);
    if (!time) throw new CastError(`Unknown datetime string format, unable to parse: ${shown(value)}`);
    form ??= time.form;
    if (time.form !== form) throw new CastError(`time data ${shown(value)} is not written like the one before it`);
    return time.nanoseconds;
  });
  if (form?.endsWith('zone')) throw new TimeZoneError('only times without a time zone are taken');
  return times;
}

function timeOf(text: string): { nanoseconds: bigint; form: string } | undefined {
  const [, year, month, day = '01', between, hour = '00', minute = '00', second, fraction = '', zone] =
    iso.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const date = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}Z`);
  if (Number.isNaN(date) || new Date(date).getUTCDate() !== Number(day)) return undefined;
  const form = `${between}${second === undefined ? '' : 's'}${fraction === '' ? '' : 'f'}${zone === undefined ? '' : 'zone'}`;
  return { nanoseconds: BigInt(date) * 1_000_000n + BigInt(fraction.padEnd(9, '0')), form };
}
