import type { ReactNode } from 'react';

/** One line of a list of facts: `<dl className="page-facts">`. */
export function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
