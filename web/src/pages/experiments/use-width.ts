import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** How many pixels an element is wide, now and whenever that changes. */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const look = (): void => {
      setWidth(box.clientWidth);
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [element, width];
}
