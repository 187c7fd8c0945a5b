CREATE TABLE IF NOT EXISTS costs_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    day Date,
    acquisition_channel LowCardinality(String),
    campaign_source LowCardinality(String),
    campaign_medium LowCardinality(String),
    campaign_name LowCardinality(String),
    impressions UInt64,
    clicks UInt64,
    cost Decimal(18, 4),
    currency LowCardinality(String),
    imported_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', imported_at)
PARTITION BY toYYYYMM(day)
ORDER BY (site_id, day, acquisition_channel, campaign_source, campaign_medium, campaign_name, currency)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS costs ON CLUSTER `eu-1` AS costs_local
ENGINE = Distributed('eu-1', 'balise', 'costs_local', cityHash64(site_id, day, acquisition_channel, campaign_source, campaign_medium, campaign_name, currency));
