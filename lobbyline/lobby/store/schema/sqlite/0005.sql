-- When counters opened and closed, and who was shown to a machine: few events, found by their time.
CREATE INDEX event_turn ON event (branch, at) WHERE what IN ('open', 'paused', 'closed', 'diverted');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('event', 'event_turn', '100000 100000 1');
