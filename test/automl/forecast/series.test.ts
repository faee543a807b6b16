import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareData } from '../../../src/automl/data/prepare-data.ts';
import { automlPython } from '../../../src/automl/environment.ts';
import { checkedConfig } from '../../../src/protocol/automl-config-check.ts';
import type { Alert, ForecastProfile } from '../../../src/protocol/automl-record.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { within } from '../../support/within.ts';
import { bound } from '../support/trial-lab.ts';
import { csv, days, months, passengers } from './support/series.ts';

let folder: string;
let python: string;

beforeAll(async () => {
  folder = freshFolder();
  python = await automlPython({ onProgress: () => undefined });
}, 600_000);

afterAll(() => {
  removeFolder(folder);
});

/** The profile, or what was wrong with the data. */
async function prepare(
  rows: readonly (readonly (string | number)[])[],
  request: Readonly<Record<string, unknown>> = {},
): Promise<ForecastProfile | string> {
  const name = `${Math.random().toString(36).slice(2)}.csv`;
  const dataset = join(folder, name);
  writeFileSync(dataset, csv((request['head'] as string | undefined) ?? 'ds,y', rows));
  const { head: _, ...more } = request;
  const usual = { problem_type: 'forecasting', dataset, target_col: 'y', time_col: 'ds', timeout_seconds: 60 };
  const config = checkedConfig({ ...usual, horizon: 12, frequency: 'MS', ...more });
  const options = { python, folder: `${dataset}.data`, memory: 2 ** 30, onProgress: () => undefined };
  return within(bound, prepareData(config, options)).then(
    (profile) => profile as ForecastProfile,
    (error: Error) => error.message,
  );
}

function alertsOf(profile: ForecastProfile | string): Readonly<Record<string, Alert>> {
  if (typeof profile === 'string') throw new Error(profile);
  return Object.fromEntries(profile.alerts.map((alert) => [alert.name, alert]));
}

const english = { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' } as const;

const air = months(passengers.length).map((month, at) => [month, passengers[at] ?? 0] as const);

test(
  'series as they should be',
  async () => {
    expect(await prepare(air)).toMatchObject({
      kind: 'forecast',
      rows: 144,
      series: 1,
      frequency: 'MS',
      seasons: [12],
      backtest: { windows: 5, step: 6, minimum: 36 },
      test_steps: 12,
      alerts: [],
    });
  },
  bound,
);

test(
  'a target that is written with thousands or a unit',
  async () => {
    const sums = air.map(([month, value]) => [month, `"${(value * 37).toLocaleString('en-US')}"`] as const);
    expect(alertsOf(await prepare(sums))['target_with_unit']?.message).toBe(
      "The target 'y' holds numbers: the numbers are forecast.",
    );
    const euros = air.map(([month, value]) => [month, `€ ${value}.50`] as const);
    const profile = await prepare(euros);
    expect(alertsOf(profile)['target_with_unit']?.message).toContain("with the unit '€'");
    expect(profile).toMatchObject({ rows: 144, seasons: [12] });
    const sold = days(90).map((day, at) => [at === 40 ? '' : day, 10 + (at % 7)] as const);
    const dated = await prepare([...sold, ['', 1400]], { frequency: 'D', horizon: 7 });
    expect(alertsOf(dated)['unreadable_times']?.message).toStartWith('2 rows without a readable time');
    const midnights = days(90).map((day, at) => [`${day} 00:00:00+02`, at % 7] as const);
    expect(await prepare(midnights, { frequency: 'D', horizon: 7 })).toMatchObject({
      start: expect.stringContaining(days(1)[0]!) as string,
    });
  },
  bound,
);

test(
  'what can be helped is helped, and told',
  async () => {
    const [doubled, gaps, short, ends, daily, weekly] = await Promise.all([
      prepare([...air, ['1950-01-01', 999]]),
      prepare(air.filter((_, at) => at % 10 !== 3)),
      prepare([...air.map((row) => [...row, 'long']), ...air.slice(-20).map((row) => [...row, 'short'])], {
        head: 'ds,y,name',
        identity_col: ['name'],
      }),
      prepare(air.map(([month, value]) => [month.replace('-01-01', '-01-31'), value])),
      prepare(
        days(1000).map((day, at) => [day, 10 + (at % 7)]),
        { frequency: 'W', horizon: 4 },
      ),
      prepare(
        Array.from({ length: 60 }, (_, at) => [days(at * 7 + 1).at(-1) ?? '', 10 + at]),
        { frequency: 'W', horizon: 4 },
      ),
    ]);
    expect(alertsOf(doubled)['duplicate_times']?.message).toStartWith('1 rows have the time of another row');
    expect(alertsOf(gaps)['missing_steps']?.severity).toBe('medium');
    expect(alertsOf(gaps)['missing_steps']?.message).toMatch(/^1\d of 14\d steps have no value/);
    expect(alertsOf(short)['short_series']?.message).toContain('1 of 2 series are too short for the backtest');
    expect(short).toMatchObject({ series: 2, shortest: 20, longest: 144, test_steps: 12 });
    expect(alertsOf(ends)['aligned_times']?.message).toContain("steps of the frequency 'MS'");
    expect(alertsOf(daily)['averaged_steps']?.severity).toBe('high');
    expect(alertsOf(daily)['averaged_steps']?.message).toContain("The frequency 'D' would keep them");
    expect(weekly).toMatchObject({ frequency: 'W-MON', longest: 60, alerts: [] });
  },
  2 * bound,
);

test(
  'a target with many zeros is told where errors in percent are compared by',
  async () => {
    const seldom = (every: number) => days(200).map((day, at) => [day, at % every === 0 ? 1 + (at % 5) : 0] as const);
    const daily = { frequency: 'D', horizon: 7 };
    const [one, median, two, by, few] = await Promise.all([
      prepare(seldom(4), daily),
      prepare(seldom(4), { ...daily, primary_metric: 'mdape' }),
      prepare(
        [...seldom(3).map((row) => [...row, 'often']), ...days(200).map((day, at) => [day, 5 + (at % 3), 'always'])],
        { ...daily, head: 'ds,y,name', identity_col: ['name'] },
      ),
      prepare(seldom(4), { ...daily, primary_metric: 'mae' }),
      prepare(
        days(200).map((day, at) => [day, at % 50]),
        daily,
      ),
    ]);
    const advice = 'Compare by mae or rmse (primary_metric).';
    expect(alertsOf(one)['many_zeros']).toEqual({
      name: 'many_zeros',
      severity: 'high',
      message: `75 % of the values are 0. smape counts each error there as 200 %, however small it is. ${advice}`,
      columns: ['y'],
    });
    expect(alertsOf(median)['many_zeros']?.message).toBe(`75 % of the values are 0. mdape leaves these out. ${advice}`);
    expect(alertsOf(two)['many_zeros']?.message).toStartWith(
      'Of 1 of 2 series 10 % of the values or more are 0, up to 66 %. smape',
    );
    for (const none of [by, few]) expect(alertsOf(none)['many_zeros']).toBeUndefined();
  },
  2 * bound,
);

test(
  'what cannot be forecast is refused with what to do',
  async () => {
    const answers = await Promise.all([
      prepare(air, { frequency: 'D' }),
      prepare(air.slice(0, 10)),
      prepare(air.map(([, value], at) => [`item ${at}`, value])),
      prepare(air.map(([month]) => [month, 'many'])),
      prepare(air, { time_col: 'date' }),
      prepare(air.map(([month]) => [month, ''])),
    ]);
    expect(answers[0]).toContain("Choose the frequency 'MS'");
    expect(answers[1]).toContain('The longest series has 10 steps of months');
    expect(answers[1]).toContain('Choose a shorter horizon or add older data.');
    expect(answers[2]).toContain("are no times, such as 'item 0'");
    expect(answers[2]).toContain('Write them like 2024-03-01');
    expect(answers[3]).toContain("'y' holds no numbers. Choose a column of numbers.");
    expect(answers[4]).toContain("There is no column 'date'");
    expect(answers[5]).toContain('no');
    for (const answer of answers) expect(answer).not.toContain('Traceback');
  },
  2 * bound,
);

test(
  'times are read as they are written',
  async () => {
    const written: readonly ((month: string, at: number) => string)[] = [
      (month) => month.slice(0, 7),
      (month) => month.slice(0, 7).replace('-', ''),
      (month) => `${month}T00:00:00+01:00`,
      (month) => `"${new Date(month).toLocaleDateString('en-US', english)}"`,
    ];
    const profiles = await Promise.all(
      written.map((text) => prepare(air.map(([month, value], at) => [text(month, at), value]))),
    );
    for (const profile of profiles)
      expect(profile).toMatchObject({ start: '1949-01-01T00:00:00', longest: 144, seasons: [12] });
  },
  2 * bound,
);

test(
  'months, quarters and years are steps from end to end where the times are the last days',
  async () => {
    const last = (months: number, count: number): readonly (readonly (string | number)[])[] =>
      Array.from({ length: count }, (_, at) => [
        new Date(Date.UTC(1980, months * (at + 1), 0)).toISOString().slice(0, 10),
        passengers[at] ?? 0,
      ]);
    const found = async (frequency: string, rows: readonly (readonly (string | number)[])[]): Promise<unknown> => {
      const profile = await prepare(rows, { frequency, horizon: 4 });
      return [(profile as ForecastProfile).frequency, alertsOf(profile)['aligned_times']?.message];
    };
    expect(await found('M', last(1, 60))).toEqual(['ME', undefined]);
    expect(await found('month', last(1, 60))).toEqual(['ME', undefined]);
    expect(await found('Q', last(3, 60))).toEqual(['QE-DEC', undefined]);
    expect(await found('Y', last(12, 60))).toEqual(['YE-DEC', undefined]);
    expect(await found('M', air)).toEqual(['MS', undefined]);
    expect(
      await found(
        'Q',
        air.filter((_, at) => at % 3 === 0),
      ),
    ).toEqual(['QS-JAN', undefined]);
  },
  bound,
);

test(
  'the steps of the frequency tell the day from the month',
  async () => {
    const dayFirst = (month: string): string => `01/${month.slice(5, 7)}/${month.slice(0, 4)}`;
    const one = air.slice(0, 12);
    const [long, year, daily, unclear] = await Promise.all([
      prepare(air.map(([month, value]) => [dayFirst(month), value])),
      prepare(
        one.map(([month, value]) => [dayFirst(month), value]),
        { horizon: 2 },
      ),
      prepare(
        one.map(([month, value]) => [dayFirst(month), value]),
        { horizon: 2, frequency: 'D' },
      ),
      prepare(
        Array.from({ length: 144 }, (_, at) => [
          `${1 + (((at * 55) % 144) % 12)}/${1 + Math.floor(((at * 55) % 144) / 12)}/2021`,
          at,
        ]),
        { frequency: 'D' },
      ),
    ]);
    expect(long).toMatchObject({ start: '1949-01-01T00:00:00', longest: 144, alerts: [] });
    expect(year).toMatchObject({ end: '1949-12-01T00:00:00', columns: [{ format: '%d/%m/%Y' }, {}] });
    expect(daily).toMatchObject({ end: '1949-01-12T00:00:00', columns: [{ format: '%m/%d/%Y' }, {}] });
    expect(alertsOf(unclear)['ambiguous_dates']?.message).toContain("'ds', read as month/day/year");
    for (const profile of [year, daily]) expect(alertsOf(profile)['ambiguous_dates']).toBeUndefined();
  },
  2 * bound,
);

test(
  'years of two digits are of one century, and their days are told from their months',
  async () => {
    const daily = (write: (day: string) => string, start: string): ReturnType<typeof prepare> =>
      prepare(
        days(200, start).map((day, at) => [write(day), 100 + (at % 7)]),
        { frequency: 'D' },
      );
    const [dots, slashes, american, years, clock, named, old, open, all] = await Promise.all([
      daily((day) => day.replace(/^..(..)-(..)-(..)$/, '$3.$2.$1'), '2014-04-30'),
      daily((day) => day.replace(/^..(..)-(..)-(..)$/, '$3/$2/$1'), '2014-04-30'),
      daily((day) => day.replace(/^..(..)-(..)-(..)$/, '$2/$3/$1'), '1973-05-01'),
      daily((day) => day.slice(2), '2014-04-30'),
      daily((day) => day.replace(/^..(..)-(..)-(..)$/, '$3.$2.$1 06:30'), '1999-11-01'),
      prepare(air.map(([month, value]) => [monthName(month), value])),
      prepare(air.map(([month, value]) => [monthName(month.replace('19', '20')), value])),
      prepare(
        Array.from({ length: 20 }, (_, at) => [`05/06/${String(at + 1).padStart(2, '0')}`, at]),
        { frequency: 'YS', horizon: 3 },
      ),
      prepare(
        Array.from({ length: 100 }, (_, at) => [`29.02.${String((at + 27) % 100).padStart(2, '0')}`, at])
          .filter((_, at) => (at + 27) % 4 === 0)
          .concat(Array.from({ length: 100 }, (_, at) => [`01.03.${String((at + 27) % 100).padStart(2, '0')}`, at])),
        { frequency: 'YS', horizon: 3 },
      ),
    ]);
    expect(alertsOf(open)['ambiguous_dates']?.message).toContain("'ds', read as month/day/year");
    expect(all).toMatchObject({ longest: 100 });
    expect(dots).toMatchObject({ start: '2014-04-30T00:00:00', longest: 200 });
    expect(slashes).toMatchObject({ start: '2014-04-30T00:00:00', longest: 200 });
    expect(american).toMatchObject({ start: '1973-05-01T00:00:00', longest: 200 });
    expect(years).toMatchObject({ start: '2014-04-30T00:00:00', longest: 200 });
    expect(clock).toMatchObject({ start: '1999-11-01T06:30:00', longest: 200 });
    for (const same of [named, old]) expect(same).toMatchObject({ start: '1949-01-01T00:00:00', longest: 144 });
  },
  2 * bound,
);

/** Such as `Jan-49`. */
function monthName(month: string): string {
  return `${new Date(month).toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' })}-${month.slice(2, 4)}`;
}

test(
  'days before dots are days among times of another form too',
  async () => {
    const dotted = (day: string): string => day.split('-').toReversed().join('.');
    const rows = days(200).map((day, at) => [at % 2 === 0 ? day : dotted(day), at % 7]);
    expect(await prepare(rows, { frequency: 'D' })).toMatchObject({
      start: '2023-01-02T00:00:00',
      longest: 200,
    });
  },
  bound,
);

test(
  'what is a time only to who guesses is refused',
  async () => {
    const guessed: readonly ((month: string) => string)[] = [
      (month) => `${month.slice(2, 4)}-${monthName(month).slice(0, 3)}`,
      (month) => `${month.slice(0, 4)}-P${month.slice(5, 7)}`,
      (month) => month.slice(5),
    ];
    const answers = await Promise.all(
      guessed.map((text) => prepare(air.map(([month, value]) => [text(month), value]))),
    );
    for (const answer of answers) expect(answer).toContain("values of 'ds' are no times, such as");
  },
  2 * bound,
);

test(
  'rows that lie many steps apart need a horizon that reaches one of them',
  async () => {
    const rows = ['Chad', 'Chile', 'China'].flatMap((country) =>
      Array.from({ length: 10 }, (_, at) => [1952 + 5 * at, country, 40 + at]),
    );
    // So short a time is for one cutoff.
    const request = { head: 'ds,country,y', identity_col: ['country'], frequency: 'YS', timeout_seconds: 2 };
    expect(await prepare(rows, { ...request, horizon: 2 })).toBe(
      'The last steps of years, by which methods would be compared, have no value: the rows lie about 5 of these steps apart. Choose a horizon of 5 or more, or a frequency with longer steps.',
    );
    expect(await prepare(rows, { ...request, horizon: 5 })).toMatchObject({ series: 3, longest: 46 });
  },
  2 * bound,
);

test(
  'rows without the name of their series are left out, which is told',
  async () => {
    const rows = ['a', 'b', ''].flatMap((shop) => air.map(([month, value]) => [month, shop, value] as const));
    const numbers = ['1', '2', ''].flatMap((shop) => air.map(([month, value]) => [month, shop, value] as const));
    for (const some of [rows, numbers]) {
      const profile = await prepare(some, { head: 'ds,shop,y', identity_col: ['shop'] });
      expect(profile).toMatchObject({ series: 2 });
      expect(alertsOf(profile)['unnamed_series']?.message).toBe(
        "144 rows without a value of 'shop' were left out: that names their series.",
      );
    }
  },
  2 * bound,
);

test(
  'times with offsets are counted in UTC, which is told',
  async () => {
    const hours = (offset: string): (string | number)[][] =>
      Array.from({ length: 96 }, (_, at) => [
        `${new Date(Date.UTC(2024, 2, 1, at)).toISOString().slice(0, 19)}${offset}`,
        10 + (at % 24),
      ]);
    const hourly = { frequency: 'h', horizon: 6 };
    const [berlin, utc, naive] = await Promise.all(['+01:00', 'Z', ''].map((offset) => prepare(hours(offset), hourly)));
    expect(berlin).toMatchObject({ start: '2024-02-29T23:00:00' });
    expect(alertsOf(berlin!)['times_in_utc']).toMatchObject({ severity: 'medium', columns: ['ds'] });
    expect(alertsOf(berlin!)['times_in_utc']?.message).toContain('with an offset, or in UTC');
    for (const profile of [utc!, naive!]) expect(alertsOf(profile)['times_in_utc']).toBeUndefined();
  },
  2 * bound,
);
