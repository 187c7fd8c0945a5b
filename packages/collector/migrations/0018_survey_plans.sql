-- What is asked of whom: every plan of a site that was ever saved, the latest of which holds. A table,
-- since all collectors must give the same answer.
CREATE TABLE survey_plans
(
    site_id LowCardinality(String),
    revision UInt64,
    saved_at DateTime64(3, 'UTC'),
    plan String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (site_id, revision)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
