CREATE TABLE IF NOT EXISTS annotations_local ON CLUSTER `eu-1`
(
    site_id LowCardinality(String),
    annotation_id String,
    kind LowCardinality(String),
    starts_at DateTime64(3, 'UTC'),
    ends_at DateTime64(3, 'UTC'),
    text String,
    removed Bool,
    received_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', received_at)
ORDER BY (site_id, annotation_id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS annotations ON CLUSTER `eu-1` AS annotations_local
ENGINE = Distributed('eu-1', 'balise', 'annotations_local', cityHash64(site_id, annotation_id));
