-- What happened, in order. A row is written in the transaction of the change that it tells of.

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  -- NULL while nobody has to sign in.
  actor TEXT,
  kind TEXT NOT NULL,
  -- What the thing was called then.
  name TEXT NOT NULL,
  version INTEGER,
  body TEXT NOT NULL
);

-- In whose histories an event stands: part 0 is the thing itself, other parts are its versions. Deleting a thing takes
-- its rows here, for its number may be given again; the events stay.
CREATE TABLE event_subjects (
  type TEXT NOT NULL,
  thing INTEGER NOT NULL,
  part INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES events (id),
  PRIMARY KEY (type, thing, part, event)
) WITHOUT ROWID;
