CREATE TABLE IF NOT EXISTS rejected_events_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    received_at DateTime64(3, 'UTC'),
    id String,
    code LowCardinality(String),
    message String,
    -- The event as it came, cut at the size limit of an event.
    body String CODEC(ZSTD(3)),
    -- The door it came through, or `drain` for a row refused by ClickHouse.
    source LowCardinality(String)
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
PARTITION BY toYYYYMM(received_at)
ORDER BY (site_id, code, received_at)
TTL toDateTime(received_at) + INTERVAL 90 DAY
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS rejected_events ON CLUSTER `eu-1` AS rejected_events_local
ENGINE = Distributed('eu-1', 'balise', 'rejected_events_local', cityHash64(site_id, code, received_at));
