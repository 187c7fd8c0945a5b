-- What numbers are to be read beside: releases, campaigns, holidays, incidents. One that is sent again
-- replaces the row, and a removed one stays as its mark; until the merge, argMax(…, received_at).
CREATE TABLE annotations
(
    site_id LowCardinality(String),
    annotation_id String,
    kind LowCardinality(String),
    starts_at DateTime64(3, 'UTC'),
    ends_at DateTime64(3, 'UTC'),
    text String,
    removed Bool,
    received_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(received_at)
ORDER BY (site_id, annotation_id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
