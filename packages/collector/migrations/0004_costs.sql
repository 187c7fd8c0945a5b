-- What a campaign cost, by day. A day imported again replaces the day.
CREATE TABLE costs
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
ENGINE = ReplacingMergeTree(imported_at)
PARTITION BY toYYYYMM(day)
ORDER BY (site_id, day, acquisition_channel, campaign_source, campaign_medium, campaign_name, currency)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
