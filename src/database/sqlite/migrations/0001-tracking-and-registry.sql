-- Experiments, runs, metrics, datasets, logged models, the model registry.
-- Runs, experiments and metric names have narrow integer keys; the ids of the wire stand in one place each.
-- lifecycle: 0 active, 1 deleted. Times: milliseconds since 1970. nan: 1 where value is NaN (stored as 0).

CREATE TABLE experiments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  artifact_location TEXT NOT NULL,
  lifecycle INTEGER NOT NULL DEFAULT 0,
  creation_time INTEGER NOT NULL,
  last_update_time INTEGER NOT NULL
);

CREATE TABLE experiment_tags (
  experiment INTEGER NOT NULL REFERENCES experiments (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (experiment, key)
) WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  experiment INTEGER NOT NULL REFERENCES experiments (id),
  name TEXT NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER,
  deleted_time INTEGER,
  lifecycle INTEGER NOT NULL DEFAULT 0,
  artifact_uri TEXT NOT NULL
);
-- The default order of a search is a walk of this index.
CREATE INDEX runs_by_start ON runs (experiment, lifecycle, start_time DESC, uuid);

CREATE TABLE params (
  run INTEGER NOT NULL REFERENCES runs (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, key)
) WITHOUT ROWID;

CREATE TABLE tags (
  run INTEGER NOT NULL REFERENCES runs (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, key)
) WITHOUT ROWID;

CREATE TABLE metric_keys (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- Every point, clustered by (run, key, step); the whole row is the key, so an identical point is kept once.
CREATE TABLE metrics (
  run INTEGER NOT NULL,
  key INTEGER NOT NULL,
  step INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  value REAL NOT NULL,
  nan INTEGER NOT NULL,
  PRIMARY KEY (run, key, step, timestamp, value, nan)
) WITHOUT ROWID;

-- The latest point of each metric of each run (greatest step, then timestamp, then value), with what search needs.
-- in_time_order: 1 while the points' order by step is their order by time too, so that a history is a plain walk.
CREATE TABLE latest_metrics (
  run INTEGER NOT NULL,
  key INTEGER NOT NULL,
  experiment INTEGER NOT NULL,
  lifecycle INTEGER NOT NULL,
  step INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  value REAL NOT NULL,
  nan INTEGER NOT NULL,
  in_time_order INTEGER NOT NULL,
  PRIMARY KEY (run, key)
) WITHOUT ROWID;
-- A search ordered or narrowed by a metric is a walk of this index.
CREATE INDEX latest_metrics_by_value ON latest_metrics (experiment, key, lifecycle, nan, value);

CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  experiment INTEGER NOT NULL REFERENCES experiments (id),
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema TEXT,
  profile TEXT,
  UNIQUE (experiment, name, digest)
);

CREATE TABLE run_datasets (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id),
  dataset INTEGER NOT NULL REFERENCES datasets (id),
  UNIQUE (run, dataset)
);
CREATE INDEX run_datasets_by_dataset ON run_datasets (dataset);

CREATE TABLE run_dataset_tags (
  run_dataset INTEGER NOT NULL REFERENCES run_datasets (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_dataset, key)
) WITHOUT ROWID;

CREATE TABLE run_model_inputs (
  run INTEGER NOT NULL REFERENCES runs (id),
  model_id TEXT NOT NULL,
  PRIMARY KEY (run, model_id)
) WITHOUT ROWID;

CREATE TABLE run_model_outputs (
  run INTEGER NOT NULL REFERENCES runs (id),
  model_id TEXT NOT NULL,
  step INTEGER NOT NULL,
  PRIMARY KEY (run, model_id)
) WITHOUT ROWID;

CREATE TABLE logged_models (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  experiment INTEGER NOT NULL REFERENCES experiments (id),
  name TEXT NOT NULL,
  model_type TEXT,
  source_run_id TEXT,
  artifact_uri TEXT NOT NULL,
  status TEXT NOT NULL,
  status_message TEXT,
  lifecycle INTEGER NOT NULL DEFAULT 0,
  creation_time INTEGER NOT NULL,
  last_update_time INTEGER NOT NULL
);
CREATE INDEX logged_models_by_experiment ON logged_models (experiment, lifecycle, creation_time DESC);
CREATE INDEX logged_models_by_source_run ON logged_models (source_run_id);

CREATE TABLE logged_model_params (
  model INTEGER NOT NULL REFERENCES logged_models (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model, key)
) WITHOUT ROWID;

CREATE TABLE logged_model_tags (
  model INTEGER NOT NULL REFERENCES logged_models (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model, key)
) WITHOUT ROWID;

CREATE TABLE logged_model_metrics (
  model INTEGER NOT NULL REFERENCES logged_models (id),
  key TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  step INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  value REAL NOT NULL,
  nan INTEGER NOT NULL,
  dataset_name TEXT,
  dataset_digest TEXT,
  PRIMARY KEY (model, key, timestamp, step, run_id)
) WITHOUT ROWID;

CREATE TABLE registered_models (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  creation_time INTEGER NOT NULL,
  last_update_time INTEGER NOT NULL,
  -- Version numbers are never given twice, not even after a deletion.
  last_version INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE registered_model_tags (
  model INTEGER NOT NULL REFERENCES registered_models (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model, key)
) WITHOUT ROWID;

CREATE TABLE model_versions (
  model INTEGER NOT NULL REFERENCES registered_models (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  creation_time INTEGER NOT NULL,
  last_update_time INTEGER NOT NULL,
  description TEXT,
  user_id TEXT,
  current_stage TEXT NOT NULL,
  source TEXT NOT NULL,
  -- Where the files are; differs from source for a copy of another version.
  storage_location TEXT NOT NULL,
  run_id TEXT,
  run_link TEXT,
  logged_model_id TEXT,
  status TEXT NOT NULL,
  status_message TEXT,
  PRIMARY KEY (model, version)
) WITHOUT ROWID;
CREATE INDEX model_versions_by_run ON model_versions (run_id);
CREATE INDEX model_versions_by_logged_model ON model_versions (logged_model_id);

CREATE TABLE model_version_tags (
  model INTEGER NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model, version, key),
  FOREIGN KEY (model, version) REFERENCES model_versions (model, version) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE registered_model_aliases (
  model INTEGER NOT NULL,
  alias TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (model, alias),
  FOREIGN KEY (model, version) REFERENCES model_versions (model, version) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX registered_model_aliases_by_version ON registered_model_aliases (model, version);
