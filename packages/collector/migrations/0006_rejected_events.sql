-- What was not accepted, with its reason: by the collector (a rule of the contract) or by
-- ClickHouse (a row that it could not take).
CREATE TABLE rejected_events
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
ENGINE = MergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (site_id, code, received_at)
TTL toDateTime(received_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
