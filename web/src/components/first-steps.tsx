import type { ReactNode } from 'react';
import { State } from './page.tsx';

interface FirstStepsProps {
  readonly title: string;
  readonly help: string;
  /** What the code is, for who cannot see it. */
  readonly label: string;
  readonly code: string;
  /** Another way. */
  readonly children?: ReactNode;
}

/** A list that holds nothing yet: how its first entry comes about. */
export function FirstSteps({ title, help, label, code, children }: FirstStepsProps) {
  return (
    <State title={title}>
      <p>{help}</p>
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{code}</code>
      </pre>
      {children}
    </State>
  );
}
