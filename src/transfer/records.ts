/**
 * What goes from one place to another, whatever either of them is: the things of tracking and registry with all they
 * hold. `null` is nothing; a field that is undefined is one that its source does not tell.
 */
import type { LoggedModelStatus } from '../protocol/logged-models.ts';
import type { RunStatus } from '../protocol/runs.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { LoggedBody } from '../events/event-body.ts';
import type { KeyedPoint } from '../tracking/metric-store.ts';

export type Stage = 'active' | 'deleted';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface ExperimentRecord {
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: Stage;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly tags: readonly KeyValue[];
}

export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tags: readonly KeyValue[];
}

export interface RunRecord {
  readonly run_id: string;
  readonly experiment_id: string;
  readonly run_name: string;
  readonly user_id: string;
  readonly status: RunStatus;
  readonly start_time: Int64;
  readonly end_time: Int64 | null;
  readonly deleted_time: Int64 | null | undefined;
  readonly lifecycle_stage: Stage;
  readonly artifact_uri: string;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly dataset_inputs: readonly DatasetInput[];
  readonly model_inputs: readonly string[];
  readonly model_outputs: readonly { readonly model_id: string; readonly step: Int64 }[];
  /** As they are stored: see `toPoint`. */
  readonly points: readonly KeyedPoint[];
}

export interface ModelMetric {
  readonly key: string;
  readonly timestamp: Int64;
  readonly step: Int64;
  readonly run_id: string;
  readonly value: number;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
}

export interface LoggedModelRecord {
  readonly model_id: string;
  readonly experiment_id: string;
  readonly name: string;
  readonly model_type: string | null;
  readonly source_run_id: string | null;
  readonly artifact_uri: string;
  readonly status: LoggedModelStatus;
  readonly status_message: string | null;
  readonly lifecycle_stage: Stage;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly metrics: readonly ModelMetric[];
}

export interface VersionRecord {
  readonly version: number;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly description: string | null;
  readonly user_id: string | null;
  readonly current_stage: string;
  readonly source: string;
  /** Where the files are; differs from the source of a copy. */
  readonly storage_location: string;
  readonly run_id: string | null;
  readonly run_link: string | null;
  readonly logged_model_id: string | null;
  readonly status: 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';
  readonly status_message: string | null;
  readonly tags: readonly KeyValue[];
}

/** A line of the model's history; `parts` are the versions in whose histories it stands, 0 for the model itself. */
export interface EventRecord {
  readonly time: number;
  readonly actor: string | null;
  readonly kind: string;
  readonly name: string;
  readonly version: number | null;
  readonly body: LoggedBody;
  readonly parts: readonly number[];
}

export interface RegisteredModelRecord {
  readonly name: string;
  readonly description: string | null;
  readonly creation_time: number;
  readonly last_update_time: number;
  /** The greatest number that was ever given, also to a version that is gone. */
  readonly last_version: number;
  readonly tags: readonly KeyValue[];
  readonly aliases: readonly { readonly alias: string; readonly version: number }[];
  readonly versions: readonly VersionRecord[];
  readonly events: readonly EventRecord[] | undefined;
}
