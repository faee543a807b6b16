/** An environment cannot be made; the message says what to do. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}
