-- What letters tell of an occasion is told when it has stood unchanged for a while, so that three corrections make one
-- letter. `told` is what everybody has been told; these are what they have not.

-- A hash of the facts that wait to be told, and since when they have stood. None where there is nothing to tell.
ALTER TABLE occasions ADD COLUMN untold BLOB;
ALTER TABLE occasions ADD COLUMN untold_since INTEGER;
-- As `told`, without what only those who have a place are told: when it changes, those who wait are told too. None where
-- that was not noted yet.
ALTER TABLE occasions ADD COLUMN told_waiting BLOB;

CREATE INDEX occasions_untold ON occasions (untold_since) WHERE untold_since IS NOT NULL;
