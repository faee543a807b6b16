/** Short messages at the lower edge. They stay eight seconds, longer under the pointer, and the last can be reopened. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button, IconButton } from './button.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { text } from '../text/common.ts';

interface Toast {
  readonly id: number;
  readonly message: string;
  readonly kind: 'done' | 'failed';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

const shownFor = 8000;
let shown: readonly Toast[] = [];
let last: Toast | undefined;
let next = 1;
const listeners = new Set<() => void>();

function change(toasts: readonly Toast[]): void {
  shown = toasts;
  for (const listener of listeners) listener();
}

/** @returns what `changeToast` and `closeToast` know it by */
export function showToast(toast: Omit<Toast, 'id' | 'kind'> & { kind?: Toast['kind'] }): number {
  last = { kind: 'done', ...toast, id: next++ };
  change([...shown.slice(-2), last]);
  return last.id;
}

/** Says something else in its place, and stays as long anew. */
export function changeToast(id: number, message: string): void {
  change(shown.map((toast) => (toast.id === id ? { ...toast, message } : toast)));
}

/** Says that an action failed, in the server's words. */
export function showFailure(error: unknown): void {
  showToast({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}

export function reopenLastToast(): void {
  if (last && !shown.includes(last)) change([...shown, last]);
}

export function closeToast(id: number): void {
  change(shown.filter((toast) => toast.id !== id));
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastBox({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => {
      closeToast(toast.id);
    }, shownFor);
    return () => {
      clearTimeout(timer);
    };
  }, [held, toast.id, toast.message]);
  return (
    <div
      ref={box}
      className={`toast ${toast.kind}`}
      onPointerEnter={() => {
        setHeld(true);
      }}
      onPointerLeave={() => {
        setHeld(false);
      }}
      onFocus={() => {
        setHeld(true);
      }}
      onBlur={() => {
        setHeld(false);
      }}
    >
      <span>{toast.message}</span>
      {toast.action && (
        <Button
          kind="quiet"
          onClick={() => {
            toast.action?.run();
            closeToast(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton
        icon="close"
        label={text.close}
        onClick={() => {
          closeToast(toast.id);
        }}
      />
    </div>
  );
}
