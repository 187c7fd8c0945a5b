CREATE TABLE IF NOT EXISTS identities_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    anonymous_id UUID,
    user_id String,
    device_key UInt64 MATERIALIZED cityHash64(toString(anonymous_id)),
    person_key UInt64 MATERIALIZED cityHash64(user_id),
    -- The earliest moment of the pair; rows of a pair are merged by their minimum.
    linked_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
)
ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (site_id, anonymous_id, user_id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS identities ON CLUSTER `eu-1` AS identities_local
ENGINE = Distributed('eu-1', 'balise', 'identities_local', person_key);
