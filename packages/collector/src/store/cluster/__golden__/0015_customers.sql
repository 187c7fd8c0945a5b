CREATE TABLE IF NOT EXISTS customers_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    user_id String,
    account_id String,
    person_key UInt64 MATERIALIZED cityHash64(user_id),
    since Nullable(Date32),
    until Nullable(Date32),
    traits JSON(max_dynamic_paths = 32, max_dynamic_types = 4),
    received_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', received_at)
ORDER BY (site_id, user_id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS customers ON CLUSTER `eu-1` AS customers_local
ENGINE = Distributed('eu-1', 'balise', 'customers_local', person_key);
