import { parseAllDocuments, visit, type Document } from 'yaml';
import type { Json } from '../../../../components/content/json-tree-rows.ts';
import { heldOr } from '../../../../components/content/parse-json.ts';

/** Beyond it only the text is shown: nobody folds so much YAML, and parsing it would take seconds. */
export const largestParsed = 1_000_000;

/** Undefined for what is no YAML. Aliases that would grow without end are refused by the library. */
export function parseYaml(text: string): Json | undefined {
  if (text.length > largestParsed) return undefined;
  try {
    const documents = parseAllDocuments(text, { schema: 'core', logLevel: 'silent' });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
    for (const document of documents) keepDigits(document);
    const values = documents.map((document) => document.toJS({ maxAliasCount: 100 }) as Json);
    return values.length === 1 ? values[0] : values;
  } catch {
    return undefined;
  }
}

/** Numbers that no double holds stay as they are written; as a key, such a one is its text. */
function keepDigits(document: Document): void {
  visit(document, {
    Scalar: (place, scalar) => {
      const { value, source } = scalar;
      if (typeof value !== 'number' || source === undefined) return;
      const exact = heldOr(source, value);
      if (exact !== value) scalar.value = place === 'key' ? source : exact;
    },
  });
}
