/** A value cannot be of the type that is wanted. Says only why; who calls knows which column it is. */
export class CastError extends Error {
  override readonly name = 'CastError';
}
