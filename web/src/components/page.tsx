/** What every page has: a heading that takes the focus after a change of page, a title, and its four states. */
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { text } from '../text/common.ts';
import { Button } from './button.tsx';

/** Set by the first click or key: the heading takes the focus on changes of page, not on the first one. */
let moved = false;
addEventListener('popstate', () => (moved = true));
addEventListener('click', () => (moved = true), true);
addEventListener('keydown', () => (moved = true), true);

/** Whoever already types in a field, or in a layer above the page, is not interrupted. */
function isBusyElsewhere(): boolean {
  return document.activeElement?.matches('input, textarea, select, dialog *') === true;
}

/** @param title of the browser's tab, the thing first; the heading's own text by default */
export function PageTitle({ children, title }: { children: ReactNode; title?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const name = title ?? (typeof children === 'string' ? children : '');
  useEffect(() => {
    document.title = name === '' ? text.product : `${name} - ${text.product}`;
  }, [name]);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const shown = useRef<{ path: string; name: string }>(undefined);
  useEffect(() => {
    // Another thing at another address: a tab of the same thing keeps its name, a renamed thing its address.
    const another = shown.current === undefined || (shown.current.path !== path && shown.current.name !== name);
    if (!another) return;
    shown.current = { path, name };
    if (moved && !isBusyElsewhere()) heading.current?.focus({ preventScroll: true });
  }, [path, name]);
  return (
    <h1 ref={heading} tabIndex={-1} className="ellipsis">
      {children}
    </h1>
  );
}

/** A first loading shows nothing for 150 ms; most end before. */
export function Loading({ children }: { children?: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
    }, 150);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className="loading" role="status" aria-busy="true">
      {late && (children ?? <span className="dim">{text.loading}</span>)}
    </div>
  );
}

/** Something is empty, missing or went wrong: what, and one next step. */
export function State({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className="state" role="alert">
      <h2>{error instanceof Error ? error.message : String(error)}</h2>
      {onRetry && <Button onClick={onRetry}>{text.retry}</Button>}
    </div>
  );
}
