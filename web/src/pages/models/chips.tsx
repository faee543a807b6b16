import type { ReactNode } from 'react';
import type { AliasOfVersion, KeyValue, StagedVersion } from '../../api/models.ts';
import { text } from '../../text/models.ts';
import { RowLink } from './row-link.tsx';

/** Tags of the clients' own, such as `mlflow.modelVersions`, say nothing to people. */
export function shownTags(tags: readonly KeyValue[]): readonly KeyValue[] {
  return tags.filter(({ key }) => !key.startsWith('mlflow.'));
}

/** The first `most` of many, and how many more there are. */
export function few<Item>(items: readonly Item[], most: number, chip: (item: Item) => ReactNode): ReactNode {
  return (
    <>
      {items.slice(0, most).map(chip)}
      {items.length > most && <span className="dim">+{items.length - most}</span>}
    </>
  );
}

/** In a list: as many as fit; the whole value is on the model's page. */
export function TagChips({ tags }: { tags: readonly KeyValue[] }) {
  const shown = shownTags(tags);
  return few(shown, 2, ({ key, value }) => (
    <span key={key} className="chip tag" title={`${key}: ${value.slice(0, 200)}`}>
      <span className="ellipsis">
        {key}
        {value !== '' && <span className="dim">: {value.slice(0, 60)}</span>}
      </span>
    </span>
  ));
}

/** Beside the version that it points at. */
export function OwnAlias({ alias }: { alias: string }) {
  return (
    <span className="chip alias" title={`@${alias}`}>
      <span className="ellipsis">@{alias}</span>
    </span>
  );
}

export function AliasChip({ name, alias, version }: AliasOfVersion & { name: string }) {
  return (
    <RowLink name={name} version={version} className="chip alias" title={text.pointsAt(alias, version)}>
      <span className="ellipsis">@{alias}</span>
      <span className="dim">v{version}</span>
    </RowLink>
  );
}

export function StageChip({ name, stage, version }: StagedVersion & { name: string }) {
  return (
    <RowLink name={name} version={version} className="chip stage" data-stage={stage}>
      <span className="ellipsis">{text.stages[stage] ?? stage}</span>
      <span className="dim">v{version}</span>
    </RowLink>
  );
}
