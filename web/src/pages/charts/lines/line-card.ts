import type { CardKindEntry } from '../card-kind.ts';
import { LineBody } from './line-body.tsx';
import { LineEditor } from './line-editor.tsx';
import { columnsOfNames } from './line-names.ts';
import { lineOptions } from './line-options.ts';

export const lineCard: CardKindEntry = {
  kind: 'line',
  needs: (spec) => columnsOfNames(lineOptions(spec).names),
  begin: ({ metrics: [first] }, id) =>
    first === undefined ? undefined : { id, kind: 'line', columns: [`metrics.${first}`], options: {} },
  Body: LineBody,
  Editor: LineEditor,
};
