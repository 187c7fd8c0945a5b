CREATE TABLE IF NOT EXISTS events_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    name LowCardinality(String),
    id UUID,
    occurred_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    -- Milliseconds added to the sender's time; 0 within the dead band.
    skew_ms Int64 CODEC(T64, ZSTD(1)),
    anonymous_id UUID CODEC(ZSTD(1)),
    session_id UUID CODEC(ZSTD(1)),
    user_id String CODEC(ZSTD(1)),
    account_id String CODEC(ZSTD(1)),
    -- Who acted: the user where one is named, the device otherwise. `identities` joins the two.
    person_key UInt64 MATERIALIZED cityHash64(if(user_id != '', user_id, toString(anonymous_id))),
    channel LowCardinality(String),
    area LowCardinality(String),
    page_url String CODEC(ZSTD(1)),
    page_path String CODEC(ZSTD(1)),
    page_title String CODEC(ZSTD(1)),
    page_referrer String CODEC(ZSTD(1)),
    page_name LowCardinality(String),
    campaign_source LowCardinality(String),
    campaign_medium LowCardinality(String),
    campaign_name LowCardinality(String),
    campaign_term LowCardinality(String),
    campaign_content LowCardinality(String),
    campaign_click_id_type LowCardinality(String),
    acquisition_channel LowCardinality(String),
    outcome LowCardinality(String),
    value Nullable(Float64),
    currency LowCardinality(String),
    properties JSON(max_dynamic_paths = 128, max_dynamic_types = 4) CODEC(ZSTD(1)),
    traits JSON(max_dynamic_paths = 32, max_dynamic_types = 4) CODEC(ZSTD(1)),
    locale LowCardinality(String),
    timezone LowCardinality(String),
    screen LowCardinality(String),
    viewport LowCardinality(String),
    sdk LowCardinality(String),
    app LowCardinality(String),
    consent LowCardinality(String),
    device LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    os LowCardinality(String),
    os_version LowCardinality(String),
    bot Bool,
    country LowCardinality(String),
    region LowCardinality(String),
    -- The door it came through: batch, import or pixel.
    source LowCardinality(String)
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (site_id, name, person_key, occurred_at, id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS events ON CLUSTER `eu-1` AS events_local
ENGINE = Distributed('eu-1', 'balise', 'events_local', person_key);
