/** The JSON body of a request to score: which form it has, its data and its params. */
import { parseJson } from '../../common/json.ts';
import { invalidInput, ScoringError } from '../scoring-error.ts';

const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;
type Form = (typeof forms)[number];

export interface JsonBody {
  /** `unified`: the whole body goes to the model as it is, as language models take it. */
  readonly form: Form | 'unified';
  readonly data: unknown;
  readonly params: unknown;
}

const unifiedKeys = ['messages', 'prompt', 'input'];
const oneForm = `The input must be a JSON dictionary with exactly one of the input fields ${forms.join(', ')}`;

/** @throws ScoringError */
export function jsonBodyOf(body: Uint8Array): JsonBody {
  const fields = parsed(body);
  if (Array.isArray(fields)) throw invalidInput(`${oneForm}. Received a list.`);
  if (typeof fields !== 'object' || fields === null) throw invalidInput(`${oneForm}. Received ${typeof fields}.`);
  const record = fields as Readonly<Record<string, unknown>>;
  const { params } = record;
  if (unifiedKeys.some((key) => Object.hasOwn(record, key)))
    return { form: 'unified', data: record, params: undefined };
  const found = forms.filter((form) => Object.hasOwn(record, form));
  const [form] = found;
  if (form === undefined || found.length > 1) {
    const given = found.length > 1 ? found : Object.keys(record);
    throw new ScoringError('BAD_REQUEST', `${oneForm}. Received dictionary with input fields: ${given.join(', ')}.`);
  }
  return { form, data: record[form], params };
}

function parsed(body: Uint8Array): unknown {
  try {
    // Without a byte order mark, which some clients send.
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8';
    throw invalidInput(`Ensure that input is a valid JSON formatted string. Error: '${reason}'`);
  }
}
