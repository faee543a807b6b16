import type { CardSpec } from '../card-spec.ts';
import type { ChartSettings } from '../chart-settings.ts';
import { RangeDialog } from '../range-dialog.tsx';
import { cardSettings, hasOwnZoom } from './line-options.ts';
import { useCardRanges } from './use-card-ranges.ts';

interface LineRangeDialogProps {
  readonly spec: CardSpec;
  /** Of the page. */
  readonly settings: ChartSettings;
  readonly name: string;
  readonly onChange: (spec: CardSpec) => void;
  readonly onClose: () => void;
}

/** A card with an x axis of its own has a stretch of its own as well. */
export function LineRangeDialog({ spec, settings, name, onChange, onClose }: LineRangeDialogProps) {
  const [limits, change] = useCardRanges(settings, spec, onChange);
  const { x, zoom } = cardSettings(settings, spec);
  const own = hasOwnZoom(settings, spec);
  return <RangeDialog name={name} x={x} zoom={zoom} limits={limits} own={own} onChange={change} onClose={onClose} />;
}
