CREATE TABLE IF NOT EXISTS schema_migrations ON CLUSTER `eu-1`
(name String, hash String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}') ORDER BY name SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
