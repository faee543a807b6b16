/** Charts as vectors. */
import { expect, test } from 'bun:test';
import { SvgPen } from './pen.ts';

function pen(): SvgPen {
  return new SvgPen(() => ({ width: 10 }) as TextMetrics);
}

test('lines, texts and rectangles are written where they are drawn', () => {
  const svg = pen();
  svg.translate(0, 20);
  svg.strokeStyle = '#123456';
  svg.setLineDash([6, 3]);
  svg.beginPath();
  svg.moveTo(1, 2);
  svg.lineTo(3.3333, 4);
  svg.stroke();
  svg.font = '600 13px "A & B", serif';
  svg.textAlign = 'right';
  svg.fillText('<b>\u0000', 5, 6);
  const file = svg.document(100, 50);
  expect(file).toContain('viewBox="0 0 100 50"');
  expect(file).toContain('<path d="M1 22L3.33 24" fill="none" stroke="#123456" stroke-width="1"');
  expect(file).toContain('stroke-dasharray="6 3"');
  expect(file).toContain('font-family="&quot;A &amp; B&quot;, serif" font-size="13" font-weight="600"');
  expect(file).toContain('text-anchor="end" fill="#000">&lt;b&gt; </text>');
});

test('a clip ends with what it was set for', () => {
  const svg = pen();
  svg.save();
  svg.beginPath();
  svg.rect(0, 0, 10, 10);
  svg.clip();
  svg.beginPath();
  svg.arc(5, 5, 2);
  svg.fill();
  svg.restore();
  svg.fillRect(1, 1, 2, 2);
  const file = svg.document(10, 10);
  expect(file.match(/<g /g)?.length).toBe(1);
  expect(file.indexOf('</g>')).toBeLessThan(file.indexOf('M1 1h2v2h-2z'));
  expect(file).toContain('M3 5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0');
});
