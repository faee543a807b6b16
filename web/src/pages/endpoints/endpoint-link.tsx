import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { prefix } from '../../api/client.ts';

interface EndpointLinkProps {
  readonly name: string;
  readonly className?: string;
  readonly title?: string;
  /** -1 in cells, where the keyboard has another way. */
  readonly tabIndex?: number;
  readonly children: ReactNode;
}

/** A link to an endpoint's page, for cells and chips. */
export function EndpointLink({ name, className, title = name, tabIndex = -1, children }: EndpointLinkProps) {
  const router = useRouter();
  const href = `${prefix}/endpoints/${encodeURIComponent(name)}`;
  return (
    <a
      href={href}
      className={className}
      title={title}
      tabIndex={tabIndex}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.history.push(href);
      }}
    >
      {children}
    </a>
  );
}
