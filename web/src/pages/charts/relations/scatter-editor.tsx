import { axisScales } from '../../../charts/value-axis.ts';
import { text } from '../../../text/chart-relations.ts';
import { ColumnField, SelectField } from '../card-fields.tsx';
import type { EditorProps } from '../card-kind.ts';
import type { CardOptions } from '../card-spec.ts';
import { choiceOption, textOption } from '../marks/card-options.ts';

const scales = ['', ...axisScales] as const;
const scaleNames = { '': text.byData, ...text.scales };

export function ScatterEditor({ spec, known, onChange }: EditorProps) {
  const { columns, options } = spec;
  const [x = '', y = x] = columns;
  const set = (change: CardOptions): void => {
    onChange({ ...spec, options: { ...options, ...change } });
  };
  const scaleField = (key: 'xScale' | 'yScale', axis: string) => (
    <SelectField
      label={text.scaleOf(axis)}
      value={choiceOption(options, key, scales)}
      choices={scaleNames}
      onChange={(scale) => {
        set({ [key]: scale === '' ? undefined : scale });
      }}
    />
  );
  return (
    <>
      <ColumnField
        label={text.x}
        value={x}
        known={known}
        attributes
        onChange={(column) => {
          if (column !== '') onChange({ ...spec, columns: [column, y] });
        }}
      />
      {scaleField('xScale', text.x)}
      <ColumnField
        label={text.y}
        value={y}
        known={known}
        attributes
        onChange={(column) => {
          if (column !== '') onChange({ ...spec, columns: [x, column] });
        }}
      />
      {scaleField('yScale', text.y)}
      <ColumnField
        label={text.colour}
        hint={text.colourHint}
        value={textOption(options, 'colour')}
        known={known}
        attributes
        onChange={(colour) => {
          set({ colour: colour === '' ? undefined : colour });
        }}
      />
      <ColumnField
        label={text.size}
        hint={text.sizeHint}
        value={textOption(options, 'size')}
        known={known}
        attributes
        onChange={(size) => {
          set({ size: size === '' ? undefined : size });
        }}
      />
    </>
  );
}
