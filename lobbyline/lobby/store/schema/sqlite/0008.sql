-- Why a number was called is kept as a code with its facts; a sentence of before stays with its event only.
UPDATE ticket SET why = '' WHERE why <> '';
