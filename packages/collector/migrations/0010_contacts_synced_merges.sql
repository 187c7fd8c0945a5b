-- A merge replaces parts that were synced: where these are removed at once, what replaces them must be
-- on disk before, or a power cut takes acknowledged rows.
ALTER TABLE contacts MODIFY SETTING min_rows_to_fsync_after_merge = 1
