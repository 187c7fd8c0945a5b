CREATE TABLE IF NOT EXISTS erasing_0123 ON CLUSTER `eu-1` (kind LowCardinality(String), id String)
    ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}') ORDER BY (kind, id) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

SYSTEM SYNC REPLICA ON CLUSTER `eu-1` erasing_0123;

SELECT toString(anonymous_id) AS id FROM identities
     WHERE site_id = {siteId:String} AND (linked_at <= fromUnixTimestamp64Milli(toInt64(1750000000000), 'UTC') OR linked_at > fromUnixTimestamp64Milli(toInt64(1750000160000), 'UTC'))
     GROUP BY anonymous_id
     HAVING argMin(user_id, (linked_at, user_id)) IN (SELECT id FROM erasing_0123 WHERE kind = 'user');

SELECT DISTINCT toString(response_id) AS id FROM feedback WHERE site_id = 'shop' AND (received_at <= fromUnixTimestamp64Milli(toInt64(1750000000000), 'UTC') OR received_at > fromUnixTimestamp64Milli(toInt64(1750000160000), 'UTC')) AND (user_id IN (SELECT id FROM erasing_0123 WHERE kind = 'user') OR (user_id = '' AND anonymous_id IN (SELECT toUUID(id) FROM erasing_0123 WHERE kind = 'device')));

SELECT table, groupArray(name) AS columns FROM system.columns
     WHERE database = currentDatabase() AND table IN
     (
         SELECT name FROM system.tables
         WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND NOT startsWith(name, 'erasing_')
     )
     GROUP BY table
     HAVING hasAny(columns, ['user_id', 'anonymous_id', 'response_id']) OR table = {rejected:String}
     ORDER BY table = {identities:String}, table;

SELECT toString(count()) AS n FROM `events` WHERE site_id = 'shop' AND (received_at <= fromUnixTimestamp64Milli(toInt64(1750000000000), 'UTC') OR received_at > fromUnixTimestamp64Milli(toInt64(1750000160000), 'UTC')) AND (user_id IN (SELECT id FROM erasing_0123 WHERE kind = 'user') OR (user_id = '' AND anonymous_id IN (SELECT toUUID(id) FROM erasing_0123 WHERE kind = 'device')));

ALTER TABLE `events_local` ON CLUSTER `eu-1` DELETE WHERE site_id = 'shop' AND (received_at <= fromUnixTimestamp64Milli(toInt64(1750000000000), 'UTC') OR received_at > fromUnixTimestamp64Milli(toInt64(1750000160000), 'UTC')) AND (user_id IN (SELECT id FROM erasing_0123 WHERE kind = 'user') OR (user_id = '' AND anonymous_id IN (SELECT toUUID(id) FROM erasing_0123 WHERE kind = 'device')));

SELECT toString(count()) AS n FROM `rejected_events` WHERE site_id = 'shop' AND (arrayExists(pattern -> match(concat(body, '\n', message), pattern), (SELECT groupArray(id) FROM erasing_0123 WHERE kind = 'pattern')));

ALTER TABLE `rejected_events_local` ON CLUSTER `eu-1` DELETE WHERE site_id = 'shop' AND (arrayExists(pattern -> match(concat(body, '\n', message), pattern), (SELECT groupArray(id) FROM erasing_0123 WHERE kind = 'pattern')));

SELECT toString(count()) AS n FROM `identities` WHERE site_id = 'shop' AND (linked_at <= fromUnixTimestamp64Milli(toInt64(1750000000000), 'UTC') OR linked_at > fromUnixTimestamp64Milli(toInt64(1750000160000), 'UTC')) AND (user_id IN (SELECT id FROM erasing_0123 WHERE kind = 'user') OR anonymous_id IN (SELECT toUUID(id) FROM erasing_0123 WHERE kind = 'link'));

ALTER TABLE `identities_local` ON CLUSTER `eu-1` DELETE WHERE site_id = 'shop' AND (linked_at <= fromUnixTimestamp64Milli(toInt64(1750000000000), 'UTC') OR linked_at > fromUnixTimestamp64Milli(toInt64(1750000160000), 'UTC')) AND (user_id IN (SELECT id FROM erasing_0123 WHERE kind = 'user') OR anonymous_id IN (SELECT toUUID(id) FROM erasing_0123 WHERE kind = 'link'));

SELECT toString(count()) AS mutations, toString(sum(parts_to_do)) AS parts,
            anyIf(latest_fail_reason, latest_fail_reason != '') AS problem
     FROM clusterAllReplicas(`eu-1`, system.mutations)
     WHERE database = 'balise' AND NOT is_done AND position(command, {ids:String}) > 0;

DROP TABLE IF EXISTS erasing_0123 ON CLUSTER `eu-1` SYNC;

SELECT toUInt32(now()) AS now;

SELECT toString(count()) AS n FROM clusterAllReplicas(`eu-1`, system.parts)
     WHERE database = 'balise' AND table IN {tables:Array(String)}
         AND NOT active AND toUInt32(remove_time) <= {until:UInt32};
