-- The queue of jobs: what the processes of a server shall do, do and did. What a kind of job means stands in its payload.

CREATE TABLE jobs (
  -- The order of the queue; never given again, because pages of lists go on behind one.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  -- What to do, and what came of it, as JSON of the kind.
  payload TEXT NOT NULL,
  result TEXT,
  state TEXT NOT NULL,
  message TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  -- The job that this one repeats.
  retry_of TEXT,
  -- By the ids of the wire: both may be erased.
  experiment TEXT NOT NULL,
  run TEXT,
  -- 1 when a running job is to end.
  canceled INTEGER NOT NULL,
  -- Which server looks after a running job, as JSON, and when it last said so.
  owner TEXT,
  owner_seen INTEGER,
  -- Its process, as JSON.
  process TEXT,
  creation_time INTEGER NOT NULL,
  start_time INTEGER,
  end_time INTEGER
);

CREATE INDEX jobs_by_state ON jobs (state, id);
CREATE INDEX jobs_by_experiment ON jobs (experiment, id);
