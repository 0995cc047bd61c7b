-- Complaints of the day are asked for every two seconds: found without reading the past.
CREATE INDEX event_complaint ON event (branch, id) WHERE what = 'complaint';
