-- What the pages of the UI count and nest by.

-- The children of a run, and whether an experiment has any nested run at all.
CREATE INDEX tags_parent ON tags (value, run) WHERE key = 'mlflow.parentRunId';

-- How many runs of an experiment are running now; a finished run leaves it.
CREATE INDEX runs_running ON runs (experiment, lifecycle) WHERE status = 'RUNNING';
