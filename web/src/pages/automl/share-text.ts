import { count } from '../../components/format.ts';

/** `12 (3 %)`. */
export function shareText(some: number, all: number): string {
  const share = all === 0 ? 0 : (some / all) * 100;
  const percent = share > 0 && share < 1 ? '< 1' : Math.round(share).toString();
  return `${count(some)} (${percent} %)`;
}
