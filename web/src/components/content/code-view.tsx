/** Text of any length with line numbers, search and wrapping; only rows in view are in the document. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ToggleButton } from '../button.tsx';
import { colour, type Language } from './code-view-colours.ts';
import { cutRows, findAll, rowAt, rowText } from './code-view-rows.ts';
import { FindBar } from './find-bar.tsx';
import { count } from '../format.ts';
import { useVirtualRows } from '../virtual-rows.ts';
import { text as words } from '../../text/views.ts';

interface CodeViewProps {
  readonly text: string;
  readonly label?: string;
  readonly language?: Language;
  readonly find: string;
  readonly onFind: (find: string) => void;
  readonly wrap: boolean;
  readonly onWrap: (wrap: boolean) => void;
  /** Stays at the end when more text comes, unless the reader scrolled away from it. */
  readonly follow?: boolean;
  readonly extra?: ReactNode;
}

const rowHeight = 18;
/** A line that is not wrapped is cut at this length all the same. */
const longestRow = 2000;

export function CodeView(props: CodeViewProps) {
  const { text, language = 'plain', find, onFind, wrap, follow = false } = props;
  const [columns, setColumns] = useState(80);
  const ruler = useRef<HTMLSpanElement>(null);
  const rows = useMemo(() => cutRows(text, wrap ? columns : longestRow), [text, wrap, columns]);
  const total = rows.numbers.length;
  const { scroller, first, last, onScroll, reveal } = useVirtualRows(total, rowHeight);
  const places = useMemo(() => findAll(text, find), [text, find]);
  const [at, setAt] = useState(0);
  const atEnd = useRef(true);
  const digits = String(rows.lines).length;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => {
      const width = (ruler.current?.getBoundingClientRect().width ?? 80) / 10;
      setColumns(Math.max(20, Math.floor((element.clientWidth - 24) / width) - digits - 2));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [scroller, digits]);

  useEffect(() => {
    setAt(0);
  }, [find]);
  const place = places[Math.min(at, places.length - 1)];
  useEffect(() => {
    if (place !== undefined) reveal(rowAt(rows, place));
  }, [place, rows, reveal]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && follow && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [follow, total, scroller]);

  const move = (step: 1 | -1): void => {
    if (places.length > 0) setAt((Math.min(at, places.length - 1) + step + places.length) % places.length);
  };

  return (
    <div className="code-view">
      <div className="view-bar">
        <FindBar
          value={find}
          onChange={onFind}
          at={Math.min(at, places.length - 1)}
          matches={places.length}
          onMove={move}
        />
        <ToggleButton pressed={wrap} onPressed={props.onWrap}>
          {words.wrap}
        </ToggleButton>
        {rows.cut && <span className="dim">{words.linesCut(count(rows.lines))}</span>}
        {props.extra}
      </div>
      <div
        ref={scroller}
        className="code-scroll"
        role="region"
        aria-label={props.label ?? words.content}
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
          atEnd.current = scrollTop + clientHeight > scrollHeight - 2 * rowHeight;
          onScroll();
        }}
      >
        <span ref={ruler} className="code-ruler" aria-hidden="true">
          0000000000
        </span>
        <div
          className="code-sheet"
          style={{ height: total * rowHeight, minWidth: wrap ? undefined : `${rows.width + digits + 4}ch` }}
        >
          {Array.from({ length: last - first }, (_, i) => first + i).map((row) => (
            <div key={row} className="code-row" style={{ transform: `translateY(${row * rowHeight}px)` }}>
              <span
                className="code-number"
                data-number={rows.numbers[row] || ''}
                style={{ width: `${digits + 2}ch` }}
              />
              <span className="code-text">
                {find === '' ? (
                  coloured(rowText(rows, row), language)
                ) : (
                  <Marked row={rowText(rows, row)} find={find} current={(place ?? -1) - (rows.starts[row] ?? 0)} />
                )}
              </span>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function coloured(row: string, language: Language): ReactNode {
  return colour(row, language).map((token, i) =>
    token.kind === undefined ? (
      visible(token.text)
    ) : (
      <span key={i} className={`token-${token.kind}`}>
        {visible(token.text)}
      </span>
    ),
  );
}

/** Bytes that a browser would swallow. */
function visible(text: string): string {
  return text.replaceAll('\0', '\u2400').replaceAll('\u001b', '\u241b');
}

function Marked({ row, find, current }: { row: string; find: string; current: number }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const place of findAll(row, find)) {
    const end = place + find.length;
    parts.push(visible(row.slice(from, place)));
    parts.push(
      <mark key={place} className={place === current ? 'current' : ''}>
        {visible(row.slice(place, end))}
      </mark>,
    );
    from = end;
  }
  parts.push(visible(row.slice(from)));
  return parts;
}
