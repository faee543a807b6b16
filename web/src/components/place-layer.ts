/** Between what a layer belongs to and the layer, and to the edges of the window. */
const gap = 4;

/** Puts a layer below what it belongs to, or above it where there is more room; never out of the window. */
export function placeLayer(layer: HTMLElement, from: DOMRect): void {
  const { width, height } = layer.getBoundingClientRect();
  const below = from.bottom + gap + height <= innerHeight || from.top < height;
  const top = below ? Math.min(from.bottom + gap, innerHeight - height - gap) : from.top - height - gap;
  layer.style.left = `${Math.max(gap, Math.min(from.left, innerWidth - width - gap))}px`;
  layer.style.top = `${Math.max(gap, top)}px`;
}
