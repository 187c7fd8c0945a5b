CREATE TABLE IF NOT EXISTS contacts_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    id UUID,
    name LowCardinality(String),
    occurred_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    anonymous_id UUID,
    session_id UUID,
    user_id String,
    account_id String,
    person_key UInt64 MATERIALIZED cityHash64(if(user_id != '', user_id, toString(anonymous_id))),
    contact_id String,
    reason LowCardinality(String),
    wait_seconds Nullable(Float64),
    transfers Nullable(UInt8),
    talk_seconds Nullable(Float64),
    resolved Nullable(Bool),
    reopened Nullable(Bool),
    channel LowCardinality(String),
    outcome LowCardinality(String),
    acquisition_channel LowCardinality(String),
    traits JSON(max_dynamic_paths = 32, max_dynamic_types = 4)
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (site_id, contact_id, id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS contacts ON CLUSTER `eu-1` AS contacts_local
ENGINE = Distributed('eu-1', 'balise', 'contacts_local', person_key);
