CREATE TABLE IF NOT EXISTS follow_up_steps_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    response_id UUID,
    id UUID,
    changed_at DateTime64(3, 'UTC'),
    status LowCardinality(String),
    owner String,
    received_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', received_at)
ORDER BY (site_id, response_id, id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS follow_up_steps ON CLUSTER `eu-1` AS follow_up_steps_local
ENGINE = Distributed('eu-1', 'balise', 'follow_up_steps_local', cityHash64(site_id, response_id, id));
