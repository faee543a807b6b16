/** ONNX Runtime, an optional package: found where it is installed, or installed for this user. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { dataFolder } from '../../config/user-folders.ts';
import { ScorerError, type ScorerOptions } from '../scorer-options.ts';

const packageName = 'onnxruntime-node';
/** The release that is installed; any other that is there will do. */
const release = '1.30.0';

/** The package's file: from the working folder, from Modelyard's own, or from what Modelyard installed for this user. */
function found(): string | undefined {
  for (const folder of [process.cwd(), dirname(Bun.main), dataFolder('onnxruntime')]) {
    const place = placeIn(folder);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Its file; installed when it is missing and that is allowed, undefined when not. @throws ScorerError */
export async function findOnnxRuntime(
  options: Pick<ScorerOptions, 'mayInstall' | 'onProgress'>,
): Promise<string | undefined> {
  const there = found();
  if (there !== undefined) return there;
  const what = `ONNX Runtime (${packageName} ${release}, about 250 MB, into ${dataFolder('onnxruntime')})`;
  if (!(await options.mayInstall(what))) return undefined;
  options.onProgress?.(`installing ${what} ...`);
  await install();
  const made = found();
  if (made !== undefined) return made;
  throw new ScorerError(`${packageName} was installed and cannot be found in ${dataFolder('onnxruntime')}.`);
}

/** Without install scripts: that of the package would fetch parts for GPUs from elsewhere. */
function installCommand(): readonly string[] {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const place = ['--prefix', dataFolder('onnxruntime')];
  return ['npm', 'install', '--ignore-scripts', ...quiet, ...place, `${packageName}@${release}`];
}

async function install(): Promise<void> {
  mkdirSync(dataFolder('onnxruntime'), { recursive: true });
  const command = installCommand();
  const npm = Bun.which('npm');
  if (npm === null) {
    throw new ScorerError(
      `ONNX Runtime cannot be installed: there is no npm here. Where there is one: ${command.join(' ')}`,
    );
  }
  const child = Bun.spawn([npm, ...command.slice(1)], { stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' });
  const end = (): void => child.kill();
  process.once('exit', end);
  const [code, error] = await Promise.all([child.exited, new Response(child.stderr).text()]);
  process.off('exit', end);
  if (code === 0) return;
  throw new ScorerError(
    `ONNX Runtime could not be installed. ${command.join(' ')} ended with ${code}: ${error.trim()}`,
  );
}

function placeIn(folder: string): string | undefined {
  try {
    return Bun.resolveSync(packageName, folder);
  } catch {
    return undefined;
  }
}
