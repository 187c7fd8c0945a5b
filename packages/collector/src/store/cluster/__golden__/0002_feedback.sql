CREATE TABLE IF NOT EXISTS feedback_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    id UUID,
    occurred_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    anonymous_id UUID,
    session_id UUID,
    user_id String,
    account_id String,
    person_key UInt64 MATERIALIZED cityHash64(if(user_id != '', user_id, toString(anonymous_id))),
    survey_id LowCardinality(String),
    survey_version UInt16,
    kind LowCardinality(String),
    response_id UUID,
    question_id LowCardinality(String),
    metric LowCardinality(String),
    score Nullable(Float64),
    scale_min Nullable(Float64),
    scale_max Nullable(Float64),
    polarity Int8 DEFAULT 1,
    choice LowCardinality(String),
    text String CODEC(ZSTD(1)),
    not_applicable Bool,
    touchpoint LowCardinality(String),
    channel LowCardinality(String),
    area LowCardinality(String),
    outcome LowCardinality(String),
    page_path String,
    page_name LowCardinality(String),
    acquisition_channel LowCardinality(String),
    device LowCardinality(String),
    locale LowCardinality(String),
    bot Bool,
    country LowCardinality(String),
    traits JSON(max_dynamic_paths = 32, max_dynamic_types = 4)
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (site_id, survey_id, question_id, id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS feedback ON CLUSTER `eu-1` AS feedback_local
ENGINE = Distributed('eu-1', 'balise', 'feedback_local', person_key);
