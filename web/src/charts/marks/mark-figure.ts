/** A single figure as a picture, for whoever takes it along. */
import type { Picture } from '../picture.ts';
import type { ChartTheme } from '../theme.ts';

/** @param lines what it is, the figure, and whose */
export function figurePicture(lines: readonly [string, string, string], theme: ChartTheme): Picture {
  const [width, height] = [360, 160];
  return {
    theme,
    width,
    height,
    paint: (pen) => {
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      for (const [i, line] of lines.entries()) {
        pen.font = i === 1 ? theme.font.replace(/^11px/, '500 36px') : theme.font;
        pen.fillStyle = theme.text;
        pen.fillText(line, width / 2, [36, 78, 120][i] ?? 0);
      }
    },
  };
}
