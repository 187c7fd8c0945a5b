ALTER TABLE events_local ON CLUSTER `eu-1` ADD COLUMN IF NOT EXISTS plan_violation LowCardinality(String);

ALTER TABLE events ON CLUSTER `eu-1` ADD COLUMN IF NOT EXISTS plan_violation LowCardinality(String);
