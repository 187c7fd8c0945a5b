CREATE TABLE IF NOT EXISTS survey_plans_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    revision UInt64,
    saved_at DateTime64(3, 'UTC'),
    plan String CODEC(ZSTD(1))
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (site_id, revision)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS survey_plans ON CLUSTER `eu-1` AS survey_plans_local
ENGINE = Distributed('eu-1', 'balise', 'survey_plans_local', cityHash64(site_id, revision));
