/** A colour of the style sheet, such as a token or a mix of two, as a canvas and a file take it. */
let context: CanvasRenderingContext2D | null | undefined;

/** What it is in the theme that is shown now. */
export function hexOf(css: string): `#${string}` {
  const probe = document.createElement('span');
  probe.style.color = css;
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  // Computed colours come in many notations; painted, all are the same four bytes.
  context ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  });
  if (!context) return '#808080';
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
