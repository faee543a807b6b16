/** An image with zoom, its real pixels, the value under the pointer, and a ground that shows what is transparent. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Button, IconButton } from '../button.tsx';
import { text } from '../../text/views.ts';

interface ImageViewProps {
  readonly src: string;
  readonly name: string;
  /** To the image before or after this one. */
  readonly onStep?: ((step: 1 | -1) => void) | undefined;
  readonly failed: ReactNode;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const largestZoom = 32;
/** Beyond it a canvas for reading pixels would cost too much memory. */
const mostPixels = 40_000_000;

export function ImageView({ src, name, onStep, failed }: ImageViewProps) {
  const image = useRef<HTMLImageElement>(null);
  const [size, setSize] = useState<Size>();
  const [broken, setBroken] = useState(false);
  /** Undefined: fits the box. */
  const [zoom, setZoom] = useState<number>();
  const [pixel, setPixel] = useState('');
  const canvas = useRef<CanvasRenderingContext2D>(null);

  useEffect(() => {
    setSize(undefined);
    setBroken(false);
    setPixel('');
    canvas.current = null;
  }, [src]);

  const scale = (): number => (image.current && size ? image.current.getBoundingClientRect().width / size.width : 1);
  const zoomBy = (factor: number): void => {
    setZoom(Math.min(largestZoom, Math.max(1 / 32, (zoom ?? scale()) * factor)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions: Record<string, () => void> = {
      '+': () => zoomBy(1.5),
      '=': () => zoomBy(1.5),
      '-': () => zoomBy(1 / 1.5),
      '0': () => setZoom(undefined),
      '1': () => setZoom(1),
      ...(onStep && zoom === undefined ? { ArrowLeft: () => onStep(-1), ArrowRight: () => onStep(1) } : {}),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  const readPixel = (event: PointerEvent): void => {
    const element = image.current;
    if (!element || !size || size.width * size.height > mostPixels) return;
    const box = element.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * size.width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * size.height);
    canvas.current ??= drawn(element, size);
    const data = canvas.current?.getImageData(x, y, 1, 1).data;
    if (data) setPixel(text.pixel(x, y, valueOf(data)));
  };

  return (
    <div className="image-view">
      <div className="view-bar">
        {onStep && (
          <>
            <IconButton icon="left" label={text.previousImage} onClick={() => onStep(-1)} />
            <IconButton icon="right" label={text.nextImage} onClick={() => onStep(1)} />
          </>
        )}
        <Button aria-pressed={zoom === undefined} onClick={() => setZoom(undefined)}>
          {text.fit}
        </Button>
        <Button aria-pressed={zoom === 1} onClick={() => setZoom(1)}>
          {text.actualSize}
        </Button>
        <Button aria-label={text.zoomOut} onClick={() => zoomBy(1 / 1.5)}>
          −
        </Button>
        <Button aria-label={text.zoomIn} onClick={() => zoomBy(1.5)}>
          +
        </Button>
        {size && <span className="dim number">{text.imageSize(size.width, size.height)}</span>}
        <span className="number image-pixel">{pixel}</span>
      </div>
      <div
        className={zoom === undefined ? 'image-box fit' : 'image-box'}
        role="group"
        aria-label={text.imageHint}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          if (event.ctrlKey) zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2);
        }}
      >
        {broken ? (
          failed
        ) : (
          <img
            ref={image}
            src={src}
            alt={name}
            className={(zoom ?? (size ? scale() : 1)) >= 2 || (size && size.width <= 256) ? 'pixels' : ''}
            style={
              zoom === undefined || !size ? smallGrown(size) : { width: size.width * zoom, height: size.height * zoom }
            }
            onLoad={(event) => {
              const { naturalWidth, naturalHeight } = event.currentTarget;
              setSize({ width: naturalWidth || 300, height: naturalHeight || 150 });
            }}
            onError={() => {
              setBroken(true);
            }}
            onPointerMove={readPixel}
            onPointerLeave={() => {
              setPixel('');
            }}
          />
        )}
      </div>
    </div>
  );
}

/** An image of a few pixels is shown larger, by whole steps. */
function smallGrown(size: Size | undefined): { width?: number; height?: number } {
  if (!size || Math.max(size.width, size.height) > 128) return {};
  const factor = Math.floor(320 / Math.max(size.width, size.height));
  return { width: size.width * factor, height: size.height * factor };
}

function drawn(image: HTMLImageElement, { width, height }: Size): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(image, 0, 0, width, height);
  return context;
}

function valueOf([r = 0, g = 0, b = 0, a = 255]: Uint8ClampedArray): string {
  const grey = r === g && g === b ? String(r) : `rgb ${r} ${g} ${b}`;
  return a === 255 ? grey : `${grey}, alpha ${(a / 255).toFixed(2)}`;
}
