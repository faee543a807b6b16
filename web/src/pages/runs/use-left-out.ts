import { useMedia } from '../../components/use-media.ts';
import { optionalColumns, type RunQuery } from './run-query.ts';

const none: readonly string[] = [];

/** On a phone the name, the time and the duration would fill the table, and no figure would be in view. */
export function useLeftOut({ leftOut }: RunQuery): readonly string[] {
  const narrow = useMedia('(width < 600px)');
  return leftOut ?? (narrow ? optionalColumns : none);
}
