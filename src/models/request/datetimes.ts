/** Times as pandas and numpy read them from JSON: ISO 8601, or nanoseconds since 1970. */
import { CastError } from './cast-error.ts';
import { kindOf } from './kind-of-values.ts';
import { shown } from './python-text.ts';

const missing = -(2n ** 63n);
const iso = /^(\d{4})-(\d\d)(?:-(\d\d)(?:([T ])(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Of a column with time zones: pandas knows it as another type. */
export class TimeZoneError extends Error {
  override readonly name = 'TimeZoneError';
}

/** As pandas: all are written alike. @throws CastError, TimeZoneError */
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

const numpyTime =
  /^\s*(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;

/** As numpy: each is read for itself, and a time zone counts. @throws CastError */
export function numpyTimesOf(values: readonly unknown[]): BigInt64Array {
  return BigInt64Array.from(values, (value) => {
    if (value === null || value === undefined || value === '' || value === 'NaT') return missing;
    if (typeof value === 'bigint') return value;
    if (typeof value === 'boolean' || Number.isSafeInteger(value)) return BigInt(value as number);
    const time = typeof value === 'string' ? numpyTimeOf(value) : undefined;
    if (time === undefined) throw new CastError(`Could not convert ${shown(value)} to NumPy datetime`);
    return time;
  });
}

/** With a time zone, it is that of Greenwich which is meant. */
function numpyTimeOf(text: string): bigint | undefined {
  const parts = numpyTime.exec(text);
  if (!parts) return undefined;
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    parts;
  const at = nanosecondsOf(`${year}-${month}-${day}`, `${hour}:${minute}:${second}`, fraction.slice(0, 9));
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return at === undefined ? undefined : at - BigInt(ahead) * 60_000_000_000n;
}

function timeOf(text: string): { nanoseconds: bigint; form: string } | undefined {
  const [, year, month, day = '01', between, hour = '00', minute = '00', second, fraction = '', zone] =
    iso.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const nanoseconds = nanosecondsOf(`${year}-${month}-${day}`, `${hour}:${minute}:${second ?? '00'}`, fraction);
  if (nanoseconds === undefined) return undefined;
  const form = `${between}${second === undefined ? '' : 's'}${fraction === '' ? '' : 'f'}${zone === undefined ? '' : 'zone'}`;
  return { nanoseconds, form };
}

/** undefined for a day or a time that there is not */
function nanosecondsOf(day: string, time: string, fraction: string): bigint | undefined {
  const milliseconds = Date.parse(`${day}T${time}Z`);
  // 24:00 is the next day.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).getUTCDate() !== Number(day.slice(-2))) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
