/** Where `python/` lies, which ships beside the program. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function pythonFolder(): string {
  for (let at = dirname(Bun.main); ; at = dirname(at)) {
    const folder = join(at, 'python');
    if (existsSync(join(folder, 'modelyard_automl'))) return folder;
    if (at === dirname(at))
      throw new Error(`There is no folder python/ beside ${Bun.main}: the installation is damaged.`);
  }
}
