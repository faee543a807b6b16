/**
 * Turns the tokens of `marked`'s lexer into React elements. Its HTML renderer is not used: what looks like HTML is
 * shown as text, links lead only to http, https, mail or this server, and images are links but for those beside the
 * text, so that reading a text never calls another server.
 */
import { createElement, Fragment, useContext, useMemo, type ReactNode } from 'react';
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { text } from '../../text/markdown.ts';
import { isPlainClick } from '../plain-click.ts';
import { MarkdownLinks } from './markdown-links.ts';

/** A longer text, or one nested deeper, is shown as it was written. */
const longest = 60_000;
const deepest = 24;

export function MarkdownBody({ source }: { source: string }) {
  const tokens = useMemo(() => read(source), [source]);
  return tokens ? <Parts tokens={tokens} depth={0} /> : <p className="markdown-plain">{source}</p>;
}

function read(source: string): Token[] | undefined {
  if (source.length > longest) return undefined;
  try {
    return lexer(source);
  } catch {
    // Thousands of nested quotes are deeper than its stack.
    return undefined;
  }
}

function Parts({ tokens, depth }: { tokens: readonly Token[] | undefined; depth: number }): ReactNode {
  // The place in the text is all the identity that a token has.
  return tokens?.map((token, i) => createElement(Part, { key: i, token, depth }));
}

function Part({ token: any, depth: outer }: { token: Token; depth: number }): ReactNode {
  // Without extensions there are no other tokens than these.
  const token = any as MarkedToken;
  const depth = outer + 1;
  if (depth > deepest) return token.raw;
  const inner = 'tokens' in token ? <Parts tokens={token.tokens} depth={depth} /> : null;
  switch (token.type) {
    case 'heading':
      // The page's own headings are the first and the second level.
      return createElement(`h${Math.min(6, token.depth + 2)}`, {}, inner);
    case 'paragraph':
      return <p>{inner}</p>;
    case 'text':
      return 'tokens' in token && token.tokens ? inner : withCharacters(token.text);
    case 'escape':
      return withCharacters(token.text);
    case 'strong':
      return <strong>{inner}</strong>;
    case 'em':
      return <em>{inner}</em>;
    case 'del':
      return <del>{inner}</del>;
    case 'codespan':
      return <code>{withCharacters(token.text)}</code>;
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{token.text}</code>
        </pre>
      );
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'blockquote':
      return <blockquote>{inner}</blockquote>;
    case 'list':
      return createElement(
        token.ordered ? 'ol' : 'ul',
        token.ordered && typeof token.start === 'number' ? { start: token.start } : {},
        token.items.map((item, i) => (
          <li key={i}>
            <Parts tokens={item.tokens} depth={depth} />
          </li>
        )),
      );
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'link':
      return <SafeLink href={token.href}>{inner}</SafeLink>;
    case 'image':
      return <Image href={token.href} name={token.text} />;
    case 'table':
      return <Table table={token} depth={depth} />;
    case 'space':
    case 'def':
      return null;
    default:
      return <Fragment>{token.raw}</Fragment>;
  }
}

function Table({ table, depth }: { table: Tokens.Table; depth: number }) {
  const cells = (row: readonly Tokens.TableCell[], kind: 'th' | 'td'): ReactNode =>
    row.map((cell, i) => createElement(kind, { key: i }, <Parts tokens={cell.tokens} depth={depth} />));
  return (
    <table>
      <thead>
        <tr>{cells(table.header, 'th')}</tr>
      </thead>
      <tbody>
        {table.rows.map((row, i) => (
          <tr key={i}>{cells(row, 'td')}</tr>
        ))}
      </tbody>
    </table>
  );
}

function Image({ href, name }: { href: string; name: string }) {
  const target = useContext(MarkdownLinks)(href);
  if (target) return <img src={target.bytes} alt={name} loading="lazy" />;
  return <SafeLink href={href}>{text.image(name || href)}</SafeLink>;
}

function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  const target = useContext(MarkdownLinks)(href);
  if (target) {
    return (
      <a
        href={target.page}
        onClick={(event) => {
          if (!isPlainClick(event)) return;
          event.preventDefault();
          target.open();
        }}
      >
        {children}
      </a>
    );
  }
  const url = URL.parse(href, location.href);
  if (url === null || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return children;
  const own = url.origin === location.origin;
  return own ? (
    <a href={href}>{children}</a>
  ) : (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The lexer leaves `&amp;` for a browser to read. */
function withCharacters(source: string): string {
  return source.replaceAll(/&(?:#(\d{1,6})|(amp|lt|gt|quot|apos|nbsp));/g, (all, code?: string, name?: string) =>
    code === undefined ? (named[name ?? ''] ?? all) : String.fromCodePoint(Number(code)),
  );
}
