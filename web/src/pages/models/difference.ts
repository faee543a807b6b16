import { shortNumber, withExponent } from '../../components/format.ts';

const percentDigits = 3;
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumSignificantDigits: percentDigits });

/** Less would be a row of zeros. */
const leastPlain = 1e-5;
/** More than this is no longer told in percent. */
const mostTimes = 100;

/** How far `value` is from `base`, such as `+0.02 +2.5%`; undefined where nothing of use can be said. */
export function differenceOf(base: number | undefined, value: number | undefined): string | undefined {
  if (base === undefined || value === undefined || base === value) return undefined;
  const difference = value - base;
  if (!Number.isFinite(difference)) return undefined;
  const sign = difference > 0 ? '+' : '−';
  const amount = `${sign}${shortNumber(Math.abs(difference))}`;
  const share = Math.abs(difference / base);
  return share <= mostTimes ? `${amount} ${sign}${percentOf(share)}` : amount;
}

function percentOf(share: number): string {
  return share < leastPlain
    ? `${withExponent(share * 100, { maximumSignificantDigits: percentDigits })}%`
    : percent.format(share);
}
