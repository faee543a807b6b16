/** What differs between two texts, line by line, and in lines that stand for each other word by word. */

export interface DiffPart {
  readonly text: string;
  /** Not in the other line. */
  readonly marked: boolean;
}

export interface DiffLine {
  /** From 1 on. */
  readonly number: number;
  readonly parts: readonly DiffPart[];
}

/** A row of two texts side by side; a side is undefined where the other has a line more. */
export interface DiffRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added';
  readonly left: DiffLine | undefined;
  readonly right: DiffLine | undefined;
}

/** Equal rows in a stretch that nobody needs to see. */
export interface DiffFold {
  readonly kind: 'fold';
  /** Place of the first one among all rows. */
  readonly from: number;
  readonly rows: number;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export function diffRows(left: string, right: string): DiffRow[] {
  const [a, b] = [linesOf(left), linesOf(right)];
  const rows: DiffRow[] = [];
  for (const { kind, from, to, rightFrom, rightTo } of stretches(a, b)) {
    if (kind === 'same') {
      for (let i = 0; i < to - from; i++) rows.push(sameRow(a[from + i] ?? '', from + i, rightFrom + i));
    } else addAll(rows, changedRows(a, b, [from, to], [rightFrom, rightTo]));
  }
  return rows;
}

/** One by one: a call takes no hundred thousand arguments. */
function addAll<Item>(to: Item[], items: readonly Item[]): void {
  for (const item of items) to.push(item);
}

function sameRow(text: string, left: number, right: number): DiffRow {
  const parts = [{ text, marked: false }];
  return { kind: 'same', left: { number: left + 1, parts }, right: { number: right + 1, parts } };
}

/** In a longer stretch lines do not stand for each other, and the words of all of them would take seconds. */
const longestMarked = 1000;

/** The first removed line stands beside the first added one, and so on. */
function changedRows(
  a: readonly string[],
  b: readonly string[],
  [from, to]: readonly [number, number],
  [rightFrom, rightTo]: readonly [number, number],
): DiffRow[] {
  const rows: DiffRow[] = [];
  const length = Math.max(to - from, rightTo - rightFrom);
  for (let i = 0; i < length; i++) {
    const [left, right] = [
      from + i < to ? a[from + i] : undefined,
      rightFrom + i < rightTo ? b[rightFrom + i] : undefined,
    ];
    const marked = left !== undefined && right !== undefined && length <= longestMarked;
    const [leftParts, rightParts] = marked ? diffWords(left, right) : [];
    rows.push({
      kind: left === undefined ? 'added' : right === undefined ? 'removed' : 'changed',
      left: left === undefined ? undefined : { number: from + i + 1, parts: leftParts ?? plain(left) },
      right: right === undefined ? undefined : { number: rightFrom + i + 1, parts: rightParts ?? plain(right) },
    });
  }
  return rows;
}

function plain(text: string): DiffPart[] {
  return [{ text, marked: false }];
}

/** Marks in lines that have less in common than this say nothing. */
const leastShared = 0.3;
const longestLine = 5000;

/** The parts of two lines that stand for each other. */
export function diffWords(left: string, right: string): [DiffPart[], DiffPart[]] {
  if (left.length + right.length > longestLine) return [plain(left), plain(right)];
  const [a, b] = [wordsOf(left), wordsOf(right)];
  const all = stretches(a, b);
  const shared = all.filter(({ kind }) => kind === 'same').flatMap(({ from, to }) => a.slice(from, to));
  if (shared.join('').length < leastShared * Math.max(left.length, right.length)) return [plain(left), plain(right)];
  const leftParts: DiffPart[] = [];
  const rightParts: DiffPart[] = [];
  for (const { kind, from, to, rightFrom, rightTo } of all) {
    const marked = kind !== 'same';
    if (to > from) leftParts.push({ text: a.slice(from, to).join(''), marked });
    if (rightTo > rightFrom) rightParts.push({ text: b.slice(rightFrom, rightTo).join(''), marked });
  }
  return [leftParts, rightParts];
}

function wordsOf(line: string): string[] {
  return line.match(/\s+|[\p{L}\p{N}_]+|./gsu) ?? [];
}

/** Rows with every long stretch of equal ones folded, except those in `open`, by the place of their first row. */
export function foldedRows(rows: readonly DiffRow[], open: ReadonlySet<number>, around = 3): (DiffRow | DiffFold)[] {
  const found: (DiffRow | DiffFold)[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (end < rows.length && rows[end]?.kind === 'same') end++;
    if (end === at) {
      found.push(...rows.slice(at, ++end));
    } else {
      const [from, to] = [at === 0 ? at : at + around, end === rows.length ? end : end - around];
      // A fold that hides one row is as high as the row.
      if (to - from < 2 || open.has(from)) addAll(found, rows.slice(at, end));
      else found.push(...rows.slice(at, from), { kind: 'fold', from, rows: to - from }, ...rows.slice(to, end));
    }
    at = end;
  }
  return found;
}

/** Items from `from` up to `to` on the left against those from `rightFrom` up to `rightTo` on the right. */
interface Stretch {
  readonly kind: 'same' | 'changed';
  readonly from: number;
  readonly to: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

/** Texts that differ in more lines than this are not alike: what lies between is told as replaced. */
const mostEdits = 2000;

/** What two lists have in common, and what lies between: Myers' greedy way to the fewest edits. */
function stretches(a: readonly string[], b: readonly string[]): Stretch[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const matches: Match[] = [
    { a: 0, b: 0, size: start },
    ...matchesOf(numbered(a.slice(start, endA), b.slice(start, endB))).map((match) => ({
      a: match.a + start,
      b: match.b + start,
      size: match.size,
    })),
    { a: endA, b: endB, size: a.length - endA },
  ];
  const found: Stretch[] = [];
  let [atA, atB] = [0, 0];
  for (const match of matches) {
    if (match.a > atA || match.b > atB)
      found.push({ kind: 'changed', from: atA, to: match.a, rightFrom: atB, rightTo: match.b });
    [atA, atB] = [match.a + match.size, match.b + match.size];
    if (match.size > 0) found.push({ kind: 'same', from: match.a, to: atA, rightFrom: match.b, rightTo: atB });
  }
  return found;
}

interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

/** Equal items get equal numbers, so that comparing two is one step. */
function numbered(a: readonly string[], b: readonly string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const numberOf = (item: string): number => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    numbers.set(item, numbers.size);
    return numbers.size - 1;
  };
  return [Int32Array.from(a, numberOf), Int32Array.from(b, numberOf)];
}

/** Common stretches in order. `reach[k]` is how far the path on diagonal k = x - y has come on the left. */
function matchesOf([a, b]: readonly [Int32Array, Int32Array]): Match[] {
  const most = Math.min(a.length + b.length, mostEdits);
  const middle = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const steps: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    steps.push(reach.slice(middle - edits - 1, middle + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      let x = goesDown(reach, middle + k, k, edits) ? at(reach, middle + k + 1) : at(reach, middle + k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return walkedBack(steps, a.length, b.length);
    }
  }
  return [];
}

function at(reach: Int32Array, place: number): number {
  return reach[place] ?? 0;
}

/** Whether the furthest path to diagonal k comes from the one above it: an item of the right side is added. */
function goesDown(reach: Int32Array, place: number, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && at(reach, place - 1) < at(reach, place + 1));
}

/** The path that was taken, from its end: each step but the first is one edit and then equal items. */
function walkedBack(steps: readonly Int32Array[], endA: number, endB: number): Match[] {
  const matches: Match[] = [];
  let [x, y] = [endA, endB];
  for (let edits = steps.length - 1; edits >= 0; edits--) {
    const reach = steps[edits] ?? new Int32Array();
    const [k, middle] = [x - y, edits + 1];
    const before = goesDown(reach, middle + k, k, edits) ? k + 1 : k - 1;
    const fromX = edits === 0 ? 0 : at(reach, middle + before);
    const fromY = edits === 0 ? 0 : fromX - before;
    const startX = edits === 0 ? 0 : before > k ? fromX : fromX + 1;
    if (x > startX) matches.push({ a: startX, b: startX - k, size: x - startX });
    [x, y] = [fromX, fromY];
  }
  return matches.reverse();
}
