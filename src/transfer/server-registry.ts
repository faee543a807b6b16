/** The registry of a running server. */
import type { Client } from '../sdk/client.ts';
import { ahead } from './ahead.ts';
import { loggedModelOf } from './mlflow-values.ts';
import type { KeyValue, RegisteredModelRecord, VersionRecord } from './records.ts';

const isPrompt = "tags.`mlflow.prompt.is_prompt` = 'true'";
const atOnce = 8;

export async function* registeredModelsOf(client: Client): AsyncGenerator<RegisteredModelRecord> {
  const seen = new Set<string>();
  // Prompts are registered models that a search leaves out unless it asks for them.
  for (const filter of ['', isPrompt]) {
    const request = { max_results: 100, ...(filter === '' ? {} : { filter }) };
    for await (const model of client.each('searchRegisteredModels', request)) {
      const { name = '', description, tags, aliases } = model;
      if (seen.has(name)) continue;
      seen.add(name);
      const versions = await versionsOf(client, name, filter);
      yield {
        name,
        description: description || null,
        creation_time: Number(model.creation_timestamp ?? 0),
        last_update_time: Number(model.last_updated_timestamp ?? 0),
        last_version: Math.max(0, ...versions.map(({ version }) => version)),
        tags: pairs(tags),
        aliases: aliases.map(({ alias = '', version = '' }) => ({ alias, version: Number(version) })),
        versions: versions.toSorted((a, b) => a.version - b.version),
        events: undefined,
      };
    }
  }
}

async function versionsOf(client: Client, name: string, filter: string): Promise<VersionRecord[]> {
  const quote = name.includes("'") ? '"' : "'";
  const conditions = [`name = ${quote}${name}${quote}`, ...(filter === '' ? [] : [filter])];
  const found = client.each('searchModelVersions', { filter: conditions.join(' AND '), max_results: 1000 });
  return Array.fromAsync(
    ahead(found, atOnce, async (version): Promise<VersionRecord> => {
      const { version: number = '', source = '', status } = version;
      const { artifact_uri } = await client.getModelVersionDownloadUri({ name, version: number });
      return {
        version: Number(number),
        creation_time: Number(version.creation_timestamp ?? 0),
        last_update_time: Number(version.last_updated_timestamp ?? 0),
        description: version.description ?? null,
        user_id: version.user_id || null,
        current_stage: version.current_stage ?? 'None',
        source,
        storage_location: artifact_uri ?? source,
        run_id: version.run_id || null,
        run_link: version.run_link || null,
        logged_model_id: version.model_id || loggedModelOf(source),
        status: status ?? 'READY',
        status_message: version.status_message || null,
        tags: pairs(version.tags),
      };
    }),
  );
}

export function pairs(items: readonly { key?: string | undefined; value?: string | undefined }[] = []): KeyValue[] {
  return items.map(({ key = '', value = '' }) => ({ key, value }));
}
