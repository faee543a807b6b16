import { useEffect, useState } from 'react';

/** The value once it has stood still for that long, and a way to settle without waiting. @param ms milliseconds */
export function useSettled(value: string, ms: number): readonly [string, (value: string) => void] {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      settle(value);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return [settled, settle];
}
