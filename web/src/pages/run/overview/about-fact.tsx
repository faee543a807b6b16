import type { ReactNode } from 'react';

export function AboutFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="dim">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
