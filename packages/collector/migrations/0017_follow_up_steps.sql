-- What was done about low scores: a row a step, all of them kept. Whose the answers are `feedback` tells.
-- A step that is sent again meets itself in the sort key.
CREATE TABLE follow_up_steps
(
    site_id LowCardinality(String),
    response_id UUID,
    id UUID,
    changed_at DateTime64(3, 'UTC'),
    status LowCardinality(String),
    owner String,
    received_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(received_at)
ORDER BY (site_id, response_id, id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
