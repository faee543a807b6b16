/** A file of YAML that must give the values that it shows. */
import { readFileSync } from 'node:fs';
import { visit, type Document } from 'yaml';
import { plainValues, readYamlDocument } from '../common/yaml.ts';
import { PipelineError } from './pipeline.ts';

/**
 * @param name how the user knows it, for errors
 * @throws PipelineError
 */
export function readYamlFile(path: string, name: string): unknown {
  try {
    const document = readYamlDocument(readFileSync(path, 'utf8'), name);
    refuseWhatGetsLost(document, name);
    return plainValues(document, name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new PipelineError(`${name} is a folder.`);
    throw new PipelineError(code === undefined ? message : `${name} cannot be read: ${message}`);
  }
}

/** Numbers whose last digits would silently become others, and what stands within itself. */
function refuseWhatGetsLost(document: Document.Parsed, name: string): void {
  visit(document, {
    Alias(_, alias, path) {
      const anchor = alias.resolve(document);
      if (anchor && path.includes(anchor)) throw new PipelineError(`${name}: *${alias.source} stands within itself.`);
    },
    Scalar(_, { value, source = '' }) {
      if (typeof value !== 'number' || Number.isSafeInteger(value) || !/^[-+]?[\d_]+$/.test(source)) return;
      throw new PipelineError(`${name}: ${source} has more digits than a number keeps. Write it in quotes, as a text.`);
    },
  });
}
