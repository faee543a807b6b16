/** Every error of the catalogue can be sent as it stands. */
import { expect, test } from 'bun:test';
import { ApiError, errorBody, errorCatalogue, type ErrorCode } from '../../src/protocol/errors.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

test.each(codes)('%s', (code) => {
  const { meaning, status } = errorCatalogue[code];
  expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  expect(meaning).toMatch(/^[A-Z].{15,}\.$/);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(600);

  const error = new ApiError(code, 'what happened');
  expect(error.status).toBe(status);
  const { error_code: sentCode, message, sqlstate, error_class: errorClass, ...more } = errorBody(error);
  expect([sentCode, message, more]).toEqual([code, 'what happened', {}]);
  // Clients read the two together or not at all.
  expect(sqlstate === undefined).toBe(errorClass === undefined);
});

test('an error keeps the status that it was given', () => {
  expect(new ApiError('ENDPOINT_NOT_FOUND', '', { status: 405 }).status).toBe(405);
});
