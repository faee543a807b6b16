/** Links of a product: its author wrote them among the files of the pipeline, which lie elsewhere as artifacts. */
import type { ProductRecord } from '../../api/pipeline-record.ts';
import { pathBeside, relativePath } from '../../components/content/markdown-links.ts';

/** The artifact to which a link of the artifact `own` leads: to a product, or to what lies beside it. */
export function pathAmong(products: readonly ProductRecord[]): (own: string, href: string) => string | undefined {
  return (own, href) => {
    const from = products.find(({ artifact }) => artifact === own)?.identifier;
    const meant = from === undefined ? undefined : pathBeside(from, href);
    for (const { identifier, artifact } of meant === undefined ? [] : products) {
      const named = relativePath('', identifier.replace(/^\/+/, ''));
      if (artifact === undefined || named === undefined) continue;
      if (meant === named) return artifact;
      if (meant?.startsWith(`${named}/`) === true) return artifact + meant.slice(named.length);
    }
    return pathBeside(own, href);
  };
}
