import type { KeyValue } from '../../../api/run.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { text } from '../../../text/run.ts';
import { LongValue } from '../long-value.tsx';
import { KeyTable } from './key-table.tsx';

const columns = [text.column.value] as const;
const valueOf = (param: KeyValue): string => param.value;

export function ParamsTable({
  params,
  words,
  nested,
}: {
  params: readonly KeyValue[];
  words: string;
  nested: boolean;
}) {
  return (
    <KeyTable
      title={text.params}
      items={params}
      words={words}
      nested={nested}
      columns={columns}
      className="params"
      cells={(param) => (
        <span role="cell" className="param-value">
          <LongValue name={param.key} value={param.value} />
          <CopyButton value={param.value} label={text.copyValue(param.key)} />
        </span>
      )}
      textOf={valueOf}
      valueOf={valueOf}
      empty={text.noParams}
    />
  );
}
