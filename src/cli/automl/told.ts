import { CommandError } from '../command.ts';

/** What the SDK says of a run that is no search, or has ended, is meant to be read. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('The ')) throw new CommandError(error.message);
    throw error;
  }
}
