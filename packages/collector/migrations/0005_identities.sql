-- Which device was seen with which user: written the first times that an event carries both, read
-- at query time, so that what a visitor did before logging in is theirs.
CREATE TABLE identities
(
    site_id LowCardinality(String),
    anonymous_id UUID,
    user_id String,
    device_key UInt64 MATERIALIZED cityHash64(toString(anonymous_id)),
    person_key UInt64 MATERIALIZED cityHash64(user_id),
    -- The earliest moment of the pair; rows of a pair are merged by their minimum.
    linked_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY (site_id, anonymous_id, user_id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
