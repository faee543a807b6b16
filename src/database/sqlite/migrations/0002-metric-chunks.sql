-- Points are stored packed, in records of 24 bytes: step and timestamp as int64, value as double, little-endian. Both
-- tables keep the order of arrival; a series is its chunks and then what its run's arrivals hold of it.

-- The points of one request. id is the run's times 128, plus the place among the run's rows, which are folded into
-- chunks when all places are taken. keys: for each key in turn its id and the number of its points, as int32.
CREATE TABLE metric_arrivals (
  id INTEGER PRIMARY KEY,
  keys BLOB NOT NULL,
  points BLOB NOT NULL
);

-- 256 points of a series, fewer only in its last chunk; first: how many points of the series come before.
CREATE TABLE metric_chunks (
  run INTEGER NOT NULL,
  key INTEGER NOT NULL,
  first INTEGER NOT NULL,
  points BLOB NOT NULL,
  PRIMARY KEY (run, key, first)
);
