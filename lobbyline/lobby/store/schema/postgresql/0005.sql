-- When counters opened and closed, and who was shown to a machine: few events, found by their time.
CREATE INDEX event_turn ON event (branch, at) WHERE what IN ('open', 'paused', 'closed', 'diverted');
