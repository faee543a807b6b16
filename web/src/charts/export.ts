/** Charts as files. */

export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[^\w.-]+/g, '_');
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

export function csv(rows: readonly (readonly (string | number)[])[]): Blob {
  const cell = (value: string | number): string =>
    typeof value === 'string' && /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
  return new Blob([rows.map((row) => row.map(cell).join(',')).join('\n'), '\n'], { type: 'text/csv' });
}

/** The picture as it stands, on the page's ground and under its title. */
export async function png(canvas: HTMLCanvasElement, title: string): Promise<Blob> {
  const ratio = canvas.width / Math.max(1, canvas.clientWidth);
  const head = Math.round(28 * ratio);
  const whole = document.createElement('canvas');
  whole.width = canvas.width;
  whole.height = canvas.height + head;
  const context = whole.getContext('2d');
  if (!context) throw new Error('The browser gave no canvas.');
  const style = getComputedStyle(document.body);
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, whole.width, whole.height);
  context.fillStyle = style.color;
  context.font = `600 ${13 * ratio}px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  context.fillText(title, 10 * ratio, head / 2);
  context.drawImage(canvas, 0, head);
  return new Promise((resolve, reject) => {
    whole.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))), 'image/png');
  });
}
