/** How much of the order of the runs each param tells: all together as much as the params tell at all. */
import type { ParamImportance, ParamImportances } from '../../../api/param-importance.ts';

export interface ParamShare extends ParamImportance {
  readonly key: string;
  /** 0 to 1, of the order of the runs; undefined where there are too few runs. */
  readonly share: number | undefined;
  /** 0 to 1, of what the params tell together. */
  readonly part: number | undefined;
}

/** The strongest first, as they came. */
export function sharesOf({ params = [], explained }: ParamImportances = {}): ParamShare[] {
  const whole = params.reduce((sum, { importance = 0 }) => sum + importance, 0);
  const told = Math.max(0, explained ?? 0);
  return params.map((param) => {
    const { key = '', importance } = param;
    const part = importance === undefined ? undefined : whole > 0 ? importance / whole : 0;
    return { ...param, key, part, share: part === undefined ? undefined : part * told };
  });
}
