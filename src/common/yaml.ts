/** YAML that people write: the files of projects and pipelines. As Python reads it: `yes`, `on` and `True` are booleans. */
import { LineCounter, parseDocument, type Document, type ScalarTag, type Tags } from 'yaml';

/**
 * @param name of the file, for the error
 * @throws SyntaxError with the line and the column
 */
export function readYaml(text: string, name: string): unknown {
  return plainValues(readYamlDocument(text, name), name);
}

/** The same before its scalars lost the way they are written. @throws SyntaxError */
export function readYamlDocument(text: string, name: string): Document.Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { version: '1.1', lineCounter, prettyErrors: false, customTags: asPython });
  const [error] = document.errors;
  if (!error) return document;
  const { line, col } = lineCounter.linePos(error.pos[0]);
  throw new SyntaxError(`${name}, line ${line}, column ${col}: ${error.message.replace(/\.?$/, '.')}`);
}

/** @throws SyntaxError for an alias that stands for nothing, or for too much */
export function plainValues(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ReferenceError) throw new SyntaxError(`${name}: ${error.message.replace(/\.?$/, '.')}`);
    throw error;
  }
}

/** YAML 1.1 has booleans of one letter, and numbers such as 1e-3, 08 and a lone point; Python takes these for text. */
function asPython(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag === 'string' || !isScalarTag(tag)) return tag;
    if (tag.tag === 'tag:yaml.org,2002:bool') {
      const yes = tag.identify?.(true) === true;
      return {
        ...tag,
        test: yes ? /^(?:yes|Yes|YES|[Tt]rue|TRUE|[Oo]n|ON)$/ : /^(?:no|No|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
      };
    }
    if (tag.tag === 'tag:yaml.org,2002:int' && tag.format === undefined) {
      return { ...tag, test: /^[-+]?(?:0|[1-9][0-9_]*)$/ };
    }
    if (tag.tag === 'tag:yaml.org,2002:float' && tag.test?.test('1.5')) {
      return { ...tag, test: /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)$/ };
    }
    return tag.format === 'EXP' ? { ...tag, test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*[eE][-+][0-9]+$/ } : tag;
  });
}

function isScalarTag(tag: object): tag is ScalarTag {
  return !('collection' in tag && tag.collection !== undefined);
}
