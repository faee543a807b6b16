import { useLayoutEffect, useState, type RefObject } from 'react';

export interface CanvasSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** The size of an element and the density of the screen, which changes when a window moves to another one. */
export function useCanvasSize(element: RefObject<HTMLElement | null>): CanvasSize | undefined {
  const [size, setSize] = useState<CanvasSize>();
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = (): void => {
      const next = { width: target.clientWidth, height: target.clientHeight, ratio: devicePixelRatio };
      setSize((before) =>
        before?.width === next.width && before.height === next.height && before.ratio === next.ratio ? before : next,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    // Zooming the page or changing the screen resizes the window too.
    addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      removeEventListener('resize', measure);
    };
  }, [element]);
  return size;
}

/** Makes a canvas as sharp as the screen, cleared, with one unit per CSS pixel. */
export function prepareCanvas(canvas: HTMLCanvasElement, size: CanvasSize): CanvasRenderingContext2D | undefined {
  const [width, height] = [Math.round(size.width * size.ratio), Math.round(size.height * size.ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d') ?? undefined;
  context?.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  context?.clearRect(0, 0, size.width, size.height);
  return context;
}
