-- Who is a customer, whether or not they do anything: what "per customer, zeros included" divides by.
-- A customer imported again replaces the row; until the merge, FINAL or argMax(…, received_at).
-- Customer on day d: (since IS NULL OR since <= d) AND (until IS NULL OR until > d).
CREATE TABLE customers
(
    site_id LowCardinality(String),
    user_id String,
    account_id String,
    person_key UInt64 MATERIALIZED cityHash64(user_id),
    since Nullable(Date32),
    until Nullable(Date32),
    traits JSON(max_dynamic_paths = 32, max_dynamic_types = 4),
    received_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(received_at)
ORDER BY (site_id, user_id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
