import { text } from '../../../text/chart-marks.ts';
import { CheckField, ColumnField } from '../card-fields.tsx';
import type { EditorProps } from '../card-kind.ts';
import { isOn, textOption } from './card-options.ts';

/** What boxes, violins and histograms are made of: a metric, its groups, its axis. */
export function SpreadFields({ spec, known, onChange }: EditorProps) {
  const { columns, options } = spec;
  return (
    <>
      <ColumnField
        label={text.metric}
        value={columns[0] ?? ''}
        known={known}
        onChange={(column) => {
          if (column !== '') onChange({ ...spec, columns: [column] });
        }}
      />
      <ColumnField
        label={text.by}
        hint={text.byHint}
        value={textOption(options, 'by')}
        known={known}
        of="params"
        onChange={(by) => {
          onChange({ ...spec, options: { ...options, by } });
        }}
      />
      <CheckField
        checked={isOn(options, 'log')}
        onChange={(log) => {
          onChange({ ...spec, options: { ...options, log } });
        }}
      >
        {text.log}
      </CheckField>
    </>
  );
}
