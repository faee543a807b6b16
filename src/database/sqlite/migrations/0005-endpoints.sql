-- Served models: what is wanted. Which processes run, only the server knows that started them.

CREATE TABLE endpoints (
  -- Never given again: what an endpoint still says at its end is not taken for a word of the next one.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  -- 1 when it is to run; a server starts these again.
  running INTEGER NOT NULL,
  env_manager TEXT NOT NULL,
  workers INTEGER NOT NULL,
  timeout_seconds INTEGER NOT NULL,
  -- From 0, nothing, to 1, every request.
  capture_rate REAL NOT NULL,
  capture_bytes INTEGER NOT NULL,
  -- The run that holds what was captured, by the id of the wire: it may be erased.
  capture_run TEXT,
  creation_time INTEGER NOT NULL,
  last_update_time INTEGER NOT NULL
);

-- By names, not by numbers: the model that has the name is served, whatever had it before.
CREATE TABLE endpoint_models (
  endpoint INTEGER NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  model TEXT NOT NULL,
  -- One of the two.
  version INTEGER,
  alias TEXT,
  traffic INTEGER NOT NULL,
  PRIMARY KEY (endpoint, place)
) WITHOUT ROWID;

-- Requests of a minute since 1970 by who answered ('' for nobody) and with what status. latencies: for each bucket of
-- the histogram that holds any, its number and how many, as JSON.
CREATE TABLE endpoint_minutes (
  endpoint INTEGER NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
  minute INTEGER NOT NULL,
  model TEXT NOT NULL,
  status INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  milliseconds REAL NOT NULL,
  latencies TEXT NOT NULL,
  PRIMARY KEY (endpoint, minute, model, status)
) WITHOUT ROWID;
