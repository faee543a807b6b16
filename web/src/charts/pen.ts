/** What painting a chart needs of a canvas, and the same as SVG: whatever is drawn on the screen can be had as vectors. */

export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'save' | 'restore' | 'beginPath' | 'moveTo' | 'lineTo' | 'arc' | 'rect' | 'clip' | 'stroke' | 'fill' | 'fillRect'
  | 'fillText' | 'measureText' | 'setLineDash' | 'translate' | 'strokeStyle' | 'fillStyle' | 'globalAlpha' | 'lineWidth'
  | 'lineJoin' | 'font' | 'textAlign' | 'textBaseline'
>; // prettier-ignore

interface SvgState {
  readonly dx: number;
  readonly dy: number;
  readonly clips: number;
}

const anchors: Readonly<Record<string, string>> = { right: 'end', center: 'middle' };
// Not `dominant-baseline`, which not every program knows.
const baselines: Readonly<Record<string, string>> = { middle: '0.35em', top: '0.85em' };

/** Writes down what it is told to draw. What is saved and restored is the place and the clip, not the colours. */
export class SvgPen implements Pen {
  strokeStyle: string | CanvasGradient | CanvasPattern = '#000';
  fillStyle: string | CanvasGradient | CanvasPattern = '#000';
  globalAlpha = 1;
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  font = '';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';

  #parts: string[] = [];
  #path = '';
  #dash = '';
  #state: SvgState = { dx: 0, dy: 0, clips: 0 };
  #saved: SvgState[] = [];
  #clipIds = 0;
  readonly #measure: (content: string, font: string) => TextMetrics;

  constructor(measure: (content: string, font: string) => TextMetrics) {
    this.#measure = measure;
  }

  /** The drawing so far, as a whole file. */
  document(width: number, height: number): string {
    const size = `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${this.#parts.join('\n')}\n</svg>\n`;
  }

  save(): void {
    this.#saved.push(this.#state);
    this.#state = { ...this.#state, clips: 0 };
  }

  restore(): void {
    this.#parts.push(...Array.from({ length: this.#state.clips }, () => '</g>'));
    this.#state = this.#saved.pop() ?? this.#state;
  }

  translate(dx: number, dy: number): void {
    this.#state = { ...this.#state, dx: this.#state.dx + dx, dy: this.#state.dy + dy };
  }

  beginPath(): void {
    this.#path = '';
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${this.#at(x, y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `L${this.#at(x, y)}`;
  }

  /** Whole circles only: no chart draws another arc. */
  arc(x: number, y: number, radius: number): void {
    const r = round(radius);
    this.#path += `M${this.#at(x - radius, y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${this.#at(x, y)}h${round(width)}v${round(height)}h${round(-width)}z`;
  }

  clip(): void {
    const id = `clip-${++this.#clipIds}`;
    this.#parts.push(`<clipPath id="${id}"><path d="${this.#path}"/></clipPath>`, `<g clip-path="url(#${id})">`);
    this.#state = { ...this.#state, clips: this.#state.clips + 1 };
  }

  setLineDash(dash: Iterable<number>): void {
    this.#dash = [...dash].join(' ');
  }

  stroke(): void {
    if (this.#path === '') return;
    const dash = this.#dash === '' ? '' : ` stroke-dasharray="${this.#dash}"`;
    const look = `stroke-width="${this.lineWidth}" stroke-linejoin="${this.lineJoin}"${dash}${this.#opacity()}`;
    this.#parts.push(`<path d="${this.#path}" fill="none" stroke="${colourOf(this.strokeStyle)}" ${look}/>`);
  }

  fill(): void {
    if (this.#path === '') return;
    this.#parts.push(`<path d="${this.#path}" fill="${colourOf(this.fillStyle)}"${this.#opacity()}/>`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  fillText(content: string, x: number, y: number): void {
    const anchor = anchors[this.textAlign];
    const baseline = baselines[this.textBaseline];
    const place = `x="${round(x + this.#state.dx)}" y="${round(y + this.#state.dy)}" ${fontOf(this.font)}`;
    const aligned = `${anchor ? ` text-anchor="${anchor}"` : ''}${baseline ? ` dy="${baseline}"` : ''}`;
    const look = `fill="${colourOf(this.fillStyle)}"${this.#opacity()}`;
    this.#parts.push(`<text ${place}${aligned} ${look}>${escaped(content)}</text>`);
  }

  measureText(content: string): TextMetrics {
    return this.#measure(content, this.font);
  }

  #at(x: number, y: number): string {
    return `${round(x + this.#state.dx)} ${round(y + this.#state.dy)}`;
  }

  #opacity(): string {
    return this.globalAlpha === 1 ? '' : ` opacity="${this.globalAlpha}"`;
  }
}

/** Charts have no gradients. */
function colourOf(style: Pen['fillStyle']): string {
  return typeof style === 'string' ? escaped(style) : 'none';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** `600 13px sans-serif` as attributes: what shows the file may forbid styles. */
function fontOf(font: string): string {
  const [, weight, size, family = ''] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(font) ?? [];
  return `font-family="${escaped(family)}" font-size="${size ?? 11}"${weight === undefined ? '' : ` font-weight="${weight}"`}`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(content: string): string {
  return (
    content
      .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? '')
      // XML knows no way to write these.
      .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
  );
}
