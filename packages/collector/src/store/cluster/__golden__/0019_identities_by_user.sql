ALTER TABLE identities_local ON CLUSTER `eu-1` ADD INDEX IF NOT EXISTS by_user user_id TYPE bloom_filter(0.01) GRANULARITY 1;
