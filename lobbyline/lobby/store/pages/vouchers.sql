-- The register of blank vouchers.

-- name: ticket
SELECT * FROM ticket WHERE branch = :branch AND id = :id

-- name: add_voucher
INSERT INTO voucher (branch, kind, serial, state, holder, at) VALUES (:branch, :kind, :serial, 'stock', '', :at)
ON CONFLICT DO NOTHING RETURNING serial

-- name: pass_vouchers
-- Stock from one holder to another.
UPDATE voucher SET holder = :receiver, at = :at
WHERE branch = :branch AND kind = :kind AND serial BETWEEN :first AND :last AND state = 'stock' AND holder = :holder

-- name: void_vouchers
UPDATE voucher SET state = 'void', at = :at
WHERE branch = :branch AND kind = :kind AND serial BETWEEN :first AND :last AND state = 'stock' AND holder = :holder

-- name: next_voucher
-- Serials are used in order.
SELECT serial FROM voucher WHERE branch = :branch AND kind = :kind AND state = 'stock' AND holder = :holder
ORDER BY serial LIMIT 1

-- name: use_voucher
UPDATE voucher SET state = 'used', ticket = :ticket, at = :at
WHERE branch = :branch AND kind = :kind AND serial = :serial

-- name: vouchers_counted_by
-- How many serials of a range one holder has in stock.
SELECT count(*) AS found FROM voucher
WHERE branch = :branch AND kind = :kind AND serial BETWEEN :first AND :last AND state = 'stock' AND holder = :holder

-- name: voucher_known
-- Whether the register of a kind was ever begun.
SELECT 1 FROM voucher WHERE branch = :branch AND kind = :kind LIMIT 1

-- name: voucher_stock
-- The book's stock of every holder, with its first and last serial.
SELECT kind, holder, count(*) AS stock, min(serial) AS first, max(serial) AS last
FROM voucher WHERE branch = :branch AND state = 'stock' GROUP BY kind, holder ORDER BY kind, holder

-- name: voucher_states
-- The whole register of each kind: in stock, used, void.
SELECT kind, state, count(*) AS vouchers FROM voucher WHERE branch = :branch GROUP BY kind, state

-- name: keep_voucher_count
INSERT INTO voucher_count (branch, day, kind, holder, counted, book, person, witness, at)
VALUES (:branch, :day, :kind, :holder, :counted, :book, :person, :witness, :at)
ON CONFLICT (branch, day, kind, holder) DO UPDATE SET counted = :counted, book = :book, person = :person,
    witness = :witness, at = :at

-- name: voucher_counts
-- The counts of one day.
SELECT kind, holder, counted, book, at FROM voucher_count WHERE branch = :branch AND day = :day
