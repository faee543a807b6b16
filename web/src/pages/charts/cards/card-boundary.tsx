import { Component, type ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/charts-page.ts';
import type { CardSpec } from '../card-spec.ts';

interface State {
  readonly failure: string | undefined;
}

interface CardBoundaryProps {
  /** Another one is another try; the body stays where it is, and so does the focus in it. */
  readonly of: CardSpec;
  readonly children: ReactNode;
}

/** A card that cannot be drawn says so in its place, and the others stay. */
export class CardBoundary extends Component<CardBoundaryProps, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override componentDidUpdate({ of }: CardBoundaryProps): void {
    if (this.state.failure !== undefined && of !== this.props.of) this.setState({ failure: undefined });
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return (
      <div className="chart-state" role="alert">
        {text.failed}
        <code>{failure}</code>
        <Button
          onClick={() => {
            this.setState({ failure: undefined });
          }}
        >
          {common.retry}
        </Button>
      </div>
    );
  }
}
