/** Tables as people make them, and as their programs export them. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { DataLab, type Prepared } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people, withColumn } from './support/tables.ts';

let lab: DataLab;
beforeAll(async () => {
  lab = await DataLab.open();
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

const rowsOf = async (prepared: Prepared, name: string): Promise<Map<number, unknown>> => {
  const { development, test: held } = await lab.rows(prepared);
  return new Map([...development, ...held].map((row) => [Number(row['_automl_row']), row[name]]));
};

test('thousands with points are read where other numbers have a decimal comma', async () => {
  const euros = people(200).map((_, place) => 300 + place * 17);
  const grouped = (value: number): string => String(value).replace(/(\d)(\d{3})$/, '$1.$2');
  const lines = euros.map(
    (value, at) => `${at === 4 ? '?' : grouped(value)};${(at / 8).toFixed(2).replace('.', ',')};${at % 2}`,
  );
  const prepared = await lab.classify(lab.file('de.csv', ['umsatz;share;y', ...lines, ''].join('\n')), 'y');
  expect(prepared.alert('maybe_thousands')).toBeUndefined();
  expect(prepared.alert('thousands')).toMatchObject({ severity: 'medium', columns: ['umsatz'] });
  expect(prepared.column('umsatz')).toMatchObject({
    semantic: 'numeric',
    type: 'double',
    unit: '',
    decimal_comma: true,
  });
  const read = await rowsOf(prepared, 'umsatz');
  expect([...read].every(([row, value]) => value === (row === 4 ? null : euros[row]!))).toBeTrue();
});

test('what may be thousands is told, a mark for missing among them', async () => {
  const grouped = (value: number): string => String(value).replace(/(\d)(\d{3})$/, '$1.$2');
  const lines = people(200).map(
    (_, at) => `${at === 4 ? 'unknown' : grouped(300 + at * 17)},${(at / 8).toFixed(3)},${at % 2}`,
  );
  const prepared = await lab.classify(lab.file('us.csv', ['sales,share,y', ...lines, ''].join('\n')), 'y');
  expect(prepared.alert('maybe_thousands')).toMatchObject({ severity: 'high', columns: ['sales'] });
});

test('the line of the separator that Excel writes', async () => {
  const lines = people(60).map(({ age, city, bought }) => `${age};"${city}, x";${bought}`);
  const path = lab.file('excel.csv', ['sep=;', 'age;city;bought', ...lines, ''].join('\r\n'));
  const { profile } = await lab.classify(path, 'bought');
  expect(profile.rows).toBe(60);
  expect(profile.columns.map(({ name }) => name)).toEqual(['age', 'city', 'bought']);
  expect(profile.csv).toMatchObject({ sep: ';', skiprows: 1 });
});

test('long numbers of customers stay apart, in CSV and in Parquet, and times in nanoseconds stay numbers', async () => {
  const base = 9_007_199_254_740_993n;
  const rows = people(200);
  const id = (place: number): bigint => base + BigInt(place % 20);
  const csv = withColumn(
    withColumn(rows, 'customer', (_, at) => String(id(at))),
    'iban',
    (_, at) => `43000610519786457${1000000 + (at % 30)}`,
  );
  const fromCsv = await lab.classify(csv, 'bought');
  expect(fromCsv.column('customer')).toMatchObject({ semantic: 'categorical', unique: 20, used: true, type: 'string' });
  expect(fromCsv.column('iban')).toMatchObject({ semantic: 'categorical', unique: 30 });
  lab.file('long.json', JSON.stringify(rows.map((row, at) => ({ ...row, customer: String(id(at)) }))));
  await lab.run(`import decimal, json, pandas as pd
rows = pd.DataFrame(json.load(open("long.json")))
rows["plain"] = rows["customer"].astype("int64")
rows["unsigned"] = rows["customer"].astype("uint64")
rows["exact"] = [decimal.Decimal(one) for one in rows["customer"]]
rows["nanoseconds"] = [1_700_000_000_000_000_000 + 37_000_000_000 * at for at in range(len(rows))]
rows.to_parquet("long.parquet")`);
  const prepared = await lab.classify(`${lab.folder}/long.parquet`, 'bought');
  for (const name of ['plain', 'unsigned', 'exact', 'customer'])
    expect([name, prepared.column(name).semantic, prepared.column(name).unique]).toEqual([name, 'categorical', 20]);
  expect(prepared.column('nanoseconds')).toMatchObject({ semantic: 'numeric', type: 'int64' });
});

test('a minus behind, and the apostrophes of Swiss programs', async () => {
  const amount = (place: number): number => (place % 3 === 0 ? -1 : 1) * (900 + place * 31.25);
  const written = (value: number): string => Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: 2 });
  const rows = people(200).map((row, place) => ({
    ...row,
    booked: `${written(amount(place))}${amount(place) < 0 ? '-' : ''}`,
    francs: written(amount(place)).replaceAll(',', '’'),
  }));
  const prepared = await lab.classify(rows, 'bought');
  for (const name of ['booked', 'francs'])
    expect(prepared.column(name)).toMatchObject({ semantic: 'numeric', unit: '' });
  const booked = await rowsOf(prepared, 'booked');
  expect([...booked].every(([row, value]) => value === amount(row))).toBeTrue();
});

test('numbers with k beside plain ones, or % beside shares, have several units', async () => {
  const rows = people(200).map((row, place) => ({
    ...row,
    sales: place % 2 === 0 ? `${1 + (place % 40)}.5k` : String(800 + place),
    share: place % 3 === 0 ? `${place % 90} %` : `0.${10 + (place % 80)}`,
    most: place % 50 === 3 ? '7' : `${place % 90} %`,
  }));
  const prepared = await lab.classify(rows, 'bought');
  expect(prepared.alert('mixed_units')?.columns.toSorted()).toEqual(['sales', 'share']);
  expect(prepared.alert('mixed_units')?.message).toContain("'sales' in 'k', 'no unit'");
  expect(prepared.column('most')).toMatchObject({ semantic: 'numeric', unit: '%' });
});

test('a row of totals at the end is left out and told', async () => {
  const rows = withColumn(people(100), 'shop', (_, place) => ['north', 'south', 'east'][place % 3]!);
  const sum = { age: 4000, city: 'Gesamt', income: 5e6, bought: 'no' as const, shop: '' };
  const prepared = await lab.classify([...rows, sum], 'bought');
  expect(prepared.alert('totals_row')).toMatchObject({ severity: 'medium', columns: ['city'] });
  expect(prepared.column('age').max).toBeLessThan(80);
  const often = withColumn(people(100), 'kind', (_, place) => (place % 4 === 3 ? 'total' : 'part'));
  expect((await lab.classify(often, 'bought')).alert('totals_row')).toBeUndefined();
});

test('classes and categories that differ in case or spaces alone are told', async () => {
  const words = ['Yes', 'yes', 'Yes ', 'No'];
  const rows = people(200).map((row, place) => ({
    ...row,
    city: ['Bonn', 'bonn', 'Paris'][place % 3]!,
    bought: words[place % 4]!,
  }));
  const prepared = await lab.classify(rows, 'bought');
  expect(prepared.alert('similar_classes')).toMatchObject({ severity: 'high', columns: ['bought'] });
  expect(prepared.alert('similar_classes')?.message).toContain("'Yes', 'Yes ', 'yes'");
  expect(prepared.alert('similar_categories')).toMatchObject({ severity: 'low', columns: ['city'] });
});

test('a class named None is told to be no value in CSV', async () => {
  const rows = withColumn(people(100), 'veneer', (_, place) => ['None', 'Brick', 'Stone'][place % 3]!);
  expect((await lab.classify(rows, 'veneer')).alert('missing_target')?.message).toContain(
    'words such as None, NA and null',
  );
});

/** In each row the numbers of 300 as the columns write them, by their names. */
async function prepared(
  name: string,
  separator: string,
  ways: Readonly<Record<string, (at: number) => string>>,
): Promise<Prepared> {
  const cell = (text: string): string => (text.includes(separator) ? `"${text}"` : text);
  const lines = Array.from({ length: 300 }, (_, at) =>
    [...Object.values(ways).map((way) => cell(way(at))), String(at % 2)].join(separator),
  );
  return lab.classify(lab.file(name, [[...Object.keys(ways), 'y'].join(separator), ...lines, ''].join('\n')), 'y');
}

const points = (value: number): string => value.toLocaleString('de-DE');
const hours = ['20', '37,5', '40'];
const pay = (at: number): number => 2800 + ((at * 733) % 6200);

test('thousands alone are read as such where any other column tells the sign of decimals', async () => {
  const commas = (value: number): string => value.toLocaleString('en-US');
  const tables = [
    await prepared('pay.csv', ';', { pay: (at) => points(pay(at)), hours: (at) => hours[at % 3]! }),
    await prepared('sum.csv', ';', {
      pay: (at) => points(pay(at)),
      sum: (at) => `${points(pay(at * 7))},${10 + (at % 80)} €`,
    }),
    await prepared('units.csv', ';', { pay: (at) => commas(pay(at)), price: (at) => `${at}.${10 + (at % 80)}` }),
    await prepared('euros.csv', ';', { pay: (at) => `${points(pay(at))} €`, hours: (at) => hours[at % 3]! }),
  ];
  for (const table of tables) {
    const read = await rowsOf(table, 'pay');
    expect([...read].every(([row, value]) => value === pay(row))).toBeTrue();
    expect(table.alert('maybe_thousands')).toBeUndefined();
  }
  const unclear = await prepared('unclear.csv', ';', { pay: (at) => points(pay(at)), kind: (at) => `k${at % 3}` });
  expect(unclear.alert('maybe_thousands')).toMatchObject({ severity: 'low', columns: ['pay'] });
  // Pairs in a file with commas say little of its decimals, months and times nothing.
  const pairs = await prepared('pairs.csv', ',', {
    mass: (at) => (1 + at / 250).toFixed(3),
    tags: (at) => `${at % 5},${at % 7}`,
  });
  expect(pairs.column('mass').max).toBe(2.196);
  const months = await prepared('months.csv', ';', {
    pay: (at) => points(pay(at)),
    month: (at) => `${String(1 + (at % 12)).padStart(2, '0')}.2024`,
    time: (at) => `${8 + (at % 9)}.30`,
  });
  expect(months.alert('maybe_thousands')?.columns).toEqual(['pay']);
  const decimals = await prepared('decimals.csv', ',', {
    mass: (at) => (1 + at / 250).toFixed(3),
    x: (at) => `${at}.5`,
  });
  expect(decimals.alert('maybe_thousands')).toBeUndefined();
});

test('lakhs, marks among numbers, and what is no number among those with a unit', async () => {
  const table = await prepared('lakhs.csv', ',', {
    income: (at) => (18_449 + at * 1001).toLocaleString('en-IN'),
    rate: (at) => (at % 12 === 5 ? 'not told' : String(at * 1.5)),
    discount: (at) => (at % 12 === 5 ? 'keine Angabe' : `${at * 1.5} %`),
    warm: (at) => (at % 30 === 5 ? 'ERR' : `${at / 2} °C`),
    opt: (at) => (at % 9 === 5 ? '\\N' : String(at % 98)),
  });
  expect(table.column('income')).toMatchObject({ semantic: 'numeric', missing: 0, max: 18_449 + 299 * 1001 });
  for (const name of ['rate', 'discount', 'warm', 'opt'])
    expect([name, table.column(name).semantic]).toEqual([name, 'numeric']);
  expect(table.alert('mixed_types')?.columns).toEqual(['rate', 'opt']);
  expect(table.alert('unread_numbers')?.message).toContain("'warm' (10, such as 'ERR')");
});

test('a row of totals in a column of numbers', async () => {
  const lines = Array.from({ length: 300 }, (_, at) => `${3200 + ((at * 7) % 900)},${at % 40},${at % 2}`);
  const table = await lab.classify(
    lab.file('orders.csv', ['order,qty,y', ...lines, 'Total,7329,1', ''].join('\n')),
    'y',
  );
  expect(table.alert('totals_row')).toMatchObject({ columns: ['order'] });
  expect(table.profile).toMatchObject({ rows: 300 });
  expect(table.profile.sampled_rows).toBeUndefined();
  expect(table.column('qty').max).toBe(39);
});

test('lines that end with a carriage return alone, and dates of PostgreSQL', async () => {
  const lines = Array.from(
    { length: 300 },
    (_, at) => `${at % 7};2024-08-${10 + (at % 20)} 05:${10 + (at % 50)}:00+00;${at % 2}`,
  );
  const table = await lab.classify(lab.file('cr.csv', ['a;seen;y', ...lines, ''].join('\r')), 'y');
  expect(table.profile).toMatchObject({ rows: 300 });
  expect(table.column('seen')).toMatchObject({ semantic: 'datetime', missing: 0 });
});

test('names below a title are pointed at', async () => {
  const lines = Array.from({ length: 30 }, (_, at) => `${at},${at % 7},${at % 2}`);
  for (const title of ['# made by HPLC-7, room 3, 2024', 'Umsatzbericht 2024,,']) {
    const path = lab.file('title.csv', [title, 'a,b,y', ...lines, ''].join('\n'));
    expect(await refused(lab.classify(path, 'y'))).toContain(
      'seem to stand in line 2: a, b, y. Leave out what is above them.',
    );
  }
  const table = await lab.classify(lab.file('chrom.csv', ['#chrom,b,y', ...lines, ''].join('\n')), 'y');
  expect(table.profile.columns.map(({ name }) => name)).toEqual(['#chrom', 'b', 'y']);
});

test('millions, words among thousands, and slips of a sign', async () => {
  const population = (at: number): number => (at % 33 === 5 ? 3_456_789 + at : 105_225 + at * 977);
  const table = await prepared('people.csv', ';', {
    pop: (at) => population(at).toLocaleString('de-DE'),
    told: (at) => (at % 10 === 3 ? 'n.v.' : pay(at).toLocaleString('de-DE')),
    rate: (at) => (at === 50 ? '3.5' : `${at},5`),
    small: (at) => `0,${100 + at}`,
  });
  expect(table.profile.csv).toMatchObject({ sep: ';', decimal: ',' });
  const [pop, told] = [await rowsOf(table, 'pop'), await rowsOf(table, 'told')];
  expect([...pop].every(([row, value]) => value === population(row))).toBeTrue();
  expect([...told].every(([row, value]) => value === (row % 10 === 3 ? null : pay(row)))).toBeTrue();
  expect(table.column('small')).toMatchObject({ semantic: 'numeric', max: 0.399 });
  const alone = await prepared('small.csv', ';', { small: (at) => `0,${100 + at}`, kind: (at) => `k${at % 3}` });
  expect(alone.profile.csv).toMatchObject({ decimal: ',' });
  const both = await prepared('both.csv', ';', { a: (at) => `${at},5`, version: (at) => `1.${at % 7}` });
  expect(both.profile.csv).toMatchObject({ decimal: ',' });
  expect(both.column('a')).toMatchObject({ semantic: 'numeric', max: 299.5 });
});

test('zeros without their sign of percent, blank lines above the names, names that begin with a hash', async () => {
  const percent = await prepared('percent.csv', ',', { share: (at) => (at % 5 === 0 ? '0' : `${at % 90}%`) });
  expect(percent.column('share')).toMatchObject({ semantic: 'numeric', unit: '%' });
  const lines = Array.from({ length: 30 }, (_, at) => `s${at},control,${at % 7},${at % 2}`);
  for (const above of ['\n', '\r\n\r\n', 'sep=,\r', 'sep=,\n\n']) {
    const end = above.startsWith('sep=,\r') ? '\r' : '\n';
    const text = above + ['#sample,group,value,y', 's,t,NA,1', ...lines, ''].join(end);
    const table = await lab.classify(lab.file('above.csv', text), 'y');
    expect(table.profile.columns.map(({ name }) => name)).toEqual(['#sample', 'group', 'value', 'y']);
    expect(table.profile.rows).toBe(31);
  }
  for (const empty of ['sep=;\r\n', '\n\n']) {
    expect(await refused(lab.classify(lab.file('empty.csv', empty), 'y'))).toMatch(/is empty|holds no rows/);
  }
});

test('grades are no negative numbers, addresses no numbers, a product of the name Total no totals', async () => {
  const grades = ['1', '2-', '2', '3-', '3'];
  const table = await prepared('grades.csv', ',', {
    grade: (at) => grades[at % 5]!,
    ip: (at) => `192.168.100.${100 + (at % 90)}`,
    brand: (at) => (at === 299 ? 'Total' : `brand ${at % 40}`),
    size: (at) => String(1 + (at % 9)),
  });
  expect(table.column('grade').semantic).toBe('categorical');
  expect(table.column('ip').semantic).toBe('categorical');
  expect(table.profile.rows).toBe(300);
});

test('few thousands, beside small and large whole numbers and beside decimals, where commas are decimals', async () => {
  const few = (at: number): number => (at % 33 === 4 ? 1250 + at : at % 90);
  const some = (at: number): number => (at % 2 === 0 ? 1107 + at : 1500 + at);
  const beside = (at: number): number => (at % 20 === 3 ? 1250 + at : at + 0.2);
  const table = await prepared('few.csv', ';', {
    few: (at) => points(few(at)),
    some: (at) => (at % 2 === 0 ? points(some(at)) : String(some(at))),
    beside: (at) => (at % 20 === 3 ? points(beside(at)) : `${at},2`),
    rate: (at) => `${at % 40},5`,
  });
  for (const [name, truth] of Object.entries({ few, some, beside })) {
    const read = await rowsOf(table, name);
    expect([name, [...read].filter(([row, value]) => value !== truth(row))]).toEqual([name, []]);
    expect(table.column(name)).toMatchObject({ semantic: 'numeric', unit: '', decimal_comma: true });
  }
  expect(table.alert('thousands')).toMatchObject({ severity: 'medium', columns: ['few', 'some'] });
  const lines = Array.from({ length: 100 }, (_, at) => `${points(few(at))};${at % 7},5`);
  const regression = await lab.regress(lab.file('price.csv', ['price;rate', ...lines, ''].join('\n')), 'price');
  expect(regression.profile.target).toMatchObject({ kind: 'number', max: 1320 });
});

test('what may be thousands in a file without decimals is told', async () => {
  const table = await prepared('whole.csv', ';', {
    few: (at) => points(at % 33 === 4 ? 1250 : at % 90),
    some: (at) => (at % 2 === 0 ? points(1107 + at) : String(1500 + at)),
    euros: (at) => `${points(400 + at * 31)} €`,
    dollars: (at) => `$ ${(400 + at * 31).toLocaleString('en-US')}`,
  });
  expect(table.alert('maybe_thousands')).toMatchObject({ severity: 'high', columns: ['few', 'some', 'euros'] });
  expect(table.column('dollars').max).toBe(400 + 299 * 31);
});

test('hexadecimal codes, shares of blood pressures and months with points are no numbers', async () => {
  const table = await prepared('codes.csv', ',', {
    hex: (at) => `0xf11c${(at % 16).toString(16)}`,
    pressure: (at) => `${100 + (at % 60)}/80`,
    month: (at) => `${1 + (at % 12)}.202${at % 5}`,
  });
  for (const name of ['hex', 'pressure', 'month'])
    expect([name, table.column(name).semantic]).toEqual([name, 'categorical']);
  expect(table.alert('unread_dates')?.columns).toEqual(['month']);
});

test('classes that are the same number stay apart, and are told', async () => {
  const parts = ['3.1', '3.10', '3.2', '3.20'];
  const rooms = ['1E1', '1E2', '10E1'];
  const codes = withColumn(
    withColumn(people(200), 'part', (_, at) => parts[at % 4]!),
    'room',
    (_, at) => rooms[at % 3]!,
  );
  const part = await lab.classify(codes, 'part');
  expect(part.profile.target).toMatchObject({ classes: parts });
  expect(part.alert('same_numbers')).toMatchObject({ severity: 'high', columns: ['part'] });
  expect(part.alert('same_numbers')?.message).toContain("'3.1', '3.10', '3.2', '3.20'");
  expect((await lab.classify(codes, 'room')).profile.target).toMatchObject({ classes: ['10E1', '1E1', '1E2'] });
  const flags = withColumn(people(200), 'flag', (_, at) => ['1', '1.0', '0', '0.0'][at % 4]!);
  const flag = await lab.classify(flags, 'flag');
  expect(flag.profile.target).toMatchObject({ classes: ['0', '1'] });
  expect(flag.alert('same_numbers')).toBeUndefined();
});

test('rows that a quote without its end has taken into one value are told', async () => {
  const lines = Array.from({ length: 300 }, (_, at) => `${at % 7},note ${at % 9},${at % 2}`);
  lines[100] = '3,"note 1,0';
  lines[160] = '3,note" 2,0';
  const table = await lab.classify(lab.file('quote.csv', ['a,note,y', ...lines, ''].join('\n')), 'y');
  expect(table.alert('rows_in_a_value')).toMatchObject({ severity: 'high', columns: ['note'] });
  expect(table.alert('rows_in_a_value')?.message).toContain("61 lines from 'note 1,0'");
  const prose = withColumn(people(200), 'text', (_, at) => `first, then\nsecond line, ${at}\nthird\n\nand more`);
  expect((await lab.classify(prose, 'bought')).alert('rows_in_a_value')).toBeUndefined();
});

test('a file that is not UTF-8 is told, with what was taken for its letters', async () => {
  const lines = Array.from({ length: 200 }, (_, at) => `${at % 7},${['Köln', 'Bonn'][at % 2]!},${at % 2}`);
  const text = ['a,city,y', ...lines, ''].join('\n');
  const latin = await lab.classify(lab.file('latin.csv', Buffer.from(text, 'latin1')), 'y');
  expect(latin.column('city').examples).toContain('Köln');
  expect(latin.alert('guessed_encoding')).toMatchObject({ severity: 'low' });
  expect(latin.alert('guessed_encoding')?.message).toContain("'Köln'");
  const japanese = (
    await lab.run(
      `import base64; print(base64.b64encode("\\n".join(["a,city,y", *[f"{i % 7},{['東京', '大阪'][i % 2]},{i % 2}" for i in range(200)], ""]).encode("cp932")).decode())`,
    )
  ).trim();
  const shift = await lab.classify(lab.file('shift.csv', Buffer.from(japanese, 'base64')), 'y');
  expect(shift.alert('guessed_encoding')).toMatchObject({ severity: 'medium' });
  expect(shift.column('city').examples).toContain('東京');
  const mixed = Buffer.concat([Buffer.from(text), Buffer.from('3,Köln,0\n', 'latin1')]);
  expect(await refused(lab.classify(lab.file('mixed.csv', mixed), 'y'))).toContain(
    'mixed.csv is not UTF-8, as the others are. Save the whole file as UTF-8.',
  );
});

test('dates of another form among others are told as missing; no day is made of one that no calendar has', async () => {
  const day = (at: number): string => `${String(1 + (at % 28)).padStart(2, '0')}.0${1 + (at % 9)}.2024`;
  const odd = ['05.03.23', 'March 5, 2024', '31.02.2024', '06.03.2024 10:00'];
  const table = await prepared('days.csv', ';', {
    day: (at) => (at % 75 === 9 ? odd[(at - 9) / 75]! : day(at)),
    count: (at) => String(at % 7),
  });
  expect(table.column('day')).toMatchObject({ semantic: 'datetime', format: '%d.%m.%Y' });
  expect(table.alert('partly_read_dates')?.message).toContain("'day' (4, such as '05.03.23')");
  const iso = await prepared('iso.csv', ';', {
    day: (at) => (at === 9 ? '2024-03-05' : day(at)),
    count: (at) => String(at % 7),
  });
  expect(iso.alert('partly_read_dates')).toBeUndefined();
});

test('prices of shops, books of accountants, years and their quarters', async () => {
  const amount = (at: number): number => 100 + at * 9;
  const table = await prepared('prices.csv', '\t', {
    swiss: (at) => (at % 2 === 0 ? `CHF ${amount(at).toLocaleString('de-CH')}.–` : `CHF ${amount(at)}.--`),
    german: (at) => `${points(amount(at))},- €`,
    indian: (at) => `Rs. ${amount(at).toLocaleString('en-IN')}/-`,
    books: (at) => (at % 5 === 0 ? ' $-   ' : at % 5 === 1 ? ` $(${amount(at)}.50)` : ` $${amount(at)}.50 `),
    card: (at) => (at % 4 === 0 ? `${amount(at)}.50 CR` : `${amount(at)}.50`),
    stock: (at) => `${20_000 + (at % 90)}${at % 9 === 0 ? 'A' : ''}`,
    item: (at) => ['1 never', '2 rarely', '3 often'][at % 3]!,
    quarter: (at) => `${2015 + (at % 9)}Q${1 + (at % 4)}`,
    clock: (at) => `${at % 24}:${10 + (at % 50)}`,
    crp: (at) => (at % 3 === 0 ? '<0,3' : `${at},5`),
  });
  for (const name of ['swiss', 'german', 'indian']) {
    const read = await rowsOf(table, name);
    expect([name, [...read].filter(([row, value]) => value !== amount(row))]).toEqual([name, []]);
  }
  const books = await rowsOf(table, 'books');
  const booked = (at: number): number => (at % 5 === 0 ? 0 : (amount(at) + 0.5) * (at % 5 === 1 ? -1 : 1));
  expect([...books].filter(([row, value]) => value !== booked(row))).toEqual([]);
  for (const name of ['card', 'stock', 'item', 'quarter', 'clock', 'crp'])
    expect([name, table.column(name).type, table.column(name).semantic === 'numeric']).toEqual([name, 'string', false]);
  expect(table.alert('mixed_units')?.columns).toEqual(['card']);
  expect(table.alert('unread_dates')?.columns).toEqual(['quarter']);
  expect(table.alert('unread_times')?.columns).toEqual(['clock']);
  expect(table.alert('mostly_numbers')?.message).toContain("'crp' (such as '<0,3')");
});

test('units with digits tell the decimal comma of a file too', async () => {
  const table = await prepared('cars.csv', ';', {
    use: (at) => `${3 + (at % 9)},${at % 9} l/100 km`,
    km: (at) => `${points(9_000 + at * 100)} km`,
  });
  expect(table.column('km')).toMatchObject({ min: 9000, max: 9000 + 299 * 100 });
  expect(table.alert('maybe_thousands')).toBeUndefined();
});

test('ends of time are missing, and told', async () => {
  const rows = withColumn(people(200), 'until', (_, at) => (at % 50 === 3 ? '9999-12-31' : `2024-0${1 + (at % 9)}-11`));
  const table = await lab.classify(rows, 'bought');
  expect(table.alert('partly_read_dates')?.message).toContain("'until' (4, such as '9999-12-31')");
  expect(table.alert('future_timestamps')).toBeUndefined();
});

test('encodings: words of the west with two letters beyond ASCII, Cyrillic ones, and a guess that does not fit the whole file', async () => {
  const encoded = async (name: string, lines: string, encoding: string, end = ''): Promise<string> => {
    const text = await lab.run(
      `import base64; print(base64.b64encode("""${lines}""".encode(${JSON.stringify(encoding)})).decode())`,
    );
    return lab.file(name, Buffer.concat([Buffer.from(text.trim(), 'base64'), Buffer.from(end, 'latin1')]));
  };
  const table = (head: string, words: readonly string[]): string =>
    [
      `a,${head},y`,
      ...Array.from({ length: 200 }, (_, at) => `${at % 7},${words[at % words.length]},${at % 2}`),
      '',
    ].join('\n');
  const german = await lab.classify(await encoded('g.csv', table('Größe', ['S', 'M']), 'cp1252'), 'y');
  expect(german.column('Größe').unique).toBe(2);
  expect(german.alert('guessed_encoding')).toMatchObject({ severity: 'low' });
  const russian = await lab.classify(
    await encoded('r.csv', table('город', ['Москва', 'Казань', 'Тверь', 'Омск', 'Самара', 'Пермь']), 'cp1251'),
    'y',
  );
  expect(russian.column('город').examples).toContain('Москва');
  expect(russian.alert('guessed_encoding')).toMatchObject({ severity: 'medium' });
  const polish = await lab.classify(await encoded('p.csv', table('miasto', ['Łódź', 'Gdańsk', 'Żory']), 'cp1250'), 'y');
  expect(polish.alert('guessed_encoding')).toMatchObject({ severity: 'medium' });
  const damaged = await encoded('d.csv', table('city', ['東京', '大阪']), 'cp932', '3,\x81\xff,1\n');
  expect((await lab.classify(damaged, 'y')).alert('guessed_encoding')).toMatchObject({ severity: 'medium' });
});

test('classes with thousands, lines of prose, rates like months, and decimals among thousands', async () => {
  const classes = ['1.000', '1000', '1', '2.500'];
  const table = await lab.classify(
    lab.file(
      'classes.csv',
      ['y;x', ...Array.from({ length: 200 }, (_, at) => `${classes[at % 4]};${at % 9},5`), ''].join('\n'),
    ),
    'y',
  );
  expect(table.profile.target).toMatchObject({ classes: ['1', '1000', '2500'] });
  const prose = people(200).map(({ bought }, at) => ({ text: `Hello ${at},\nI liked it, really\nBye`, bought }));
  expect((await lab.classify(prose, 'bought')).alert('rows_in_a_value')).toBeUndefined();
  const rates = await prepared('rates.csv', ';', {
    hex: (at) => `0X0${at % 4}`,
    sum: (at) => (at % 30 === 7 ? `${points(1000 + at)},50` : points(1000 + at)),
    whole: (at) => (at % 30 === 7 ? `${at},5` : String(at)),
    share: (at) => `${at},25`,
  });
  expect(rates.column('hex').semantic).toBe('categorical');
  expect(rates.column('sum')).toMatchObject({ missing: 0, min: 1000, max: 1299 });
  expect(rates.column('whole')).toMatchObject({ missing: 0, min: 0, max: 299 });
  const dollars = await prepared('dollars.csv', ',', { rate: (at) => `1.${1900 + (at % 199)}` });
  expect(dollars.column('rate')).toMatchObject({ semantic: 'numeric', max: 1.2098 });
});
