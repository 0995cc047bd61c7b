-- Devices, boards, and how far readers of events have read.

-- name: devices
SELECT * FROM device WHERE branch = :branch ORDER BY kind, name

-- name: device
SELECT * FROM device WHERE branch = :branch AND name = :name

-- name: keep_device
INSERT INTO device (branch, name, kind, state, sentence, face, at, trouble)
VALUES (:branch, :name, :kind, :state, :sentence, :face, :at, :trouble)
ON CONFLICT (branch, name) DO UPDATE
SET kind = :kind, state = :state, sentence = :sentence, face = :face, at = :at, trouble = :trouble

-- name: bookmark
SELECT last FROM reader WHERE branch = :branch AND name = :name

-- name: move_bookmark
INSERT INTO reader (branch, name, last) VALUES (:branch, :name, :last)
ON CONFLICT (branch, name) DO UPDATE SET last = :last
