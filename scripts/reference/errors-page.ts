import { ApiError, errorBody, errorCatalogue } from '../../src/protocol/errors.ts';
import { refusedOrigin } from '../../src/server/cors.ts';
import { refusedHost } from '../../src/server/host-guard.ts';
import { code, page, table } from './markdown.ts';

interface Kind {
  readonly status: number;
  readonly sqlstate?: string;
  readonly errorClass?: string;
  readonly meaning: string;
}

const example = errorBody(new ApiError('RESOURCE_DOES_NOT_EXIST', 'Run with id=1234 not found'));

export function errorsPage(): Promise<string> {
  const rows = Object.entries<Kind>(errorCatalogue).map(([name, kind]) => [
    code(name),
    String(kind.status),
    kind.sqlstate === undefined ? '' : code(kind.sqlstate),
    kind.errorClass === undefined ? '' : code(kind.errorClass),
    kind.meaning,
  ]);
  return page('Errors', [
    'Every error of the API is a JSON object like this one. `message` is for people and may change; programs go by `error_code`. `sqlstate` and `error_class` are there where MLflow has them.',
    `\`\`\`json\n${JSON.stringify(example, undefined, 2)}\n\`\`\``,
    table(['error_code', 'Status', 'sqlstate', 'error_class', 'Meaning'], rows),
    'The status differs from the table in two cases: a path that exists but not with that method answers `ENDPOINT_NOT_FOUND` with 405, and a body that is too large answers `BAD_REQUEST` with 413.',
    'Two refusals come before the API and are plain text:',
    table(
      ['Text', 'Status', 'Meaning'],
      [
        [refusedHost.text, String(refusedHost.status), 'The Host header is none of `--allowed-hosts`.'],
        [
          refusedOrigin.text,
          String(refusedOrigin.status),
          'A change sent by a web page that `--cors-allowed-origins` does not name.',
        ],
      ],
    ),
  ]);
}
