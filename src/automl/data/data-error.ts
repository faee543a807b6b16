/** The data, or what was asked of it, is at fault; the message is for the person who asked. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
