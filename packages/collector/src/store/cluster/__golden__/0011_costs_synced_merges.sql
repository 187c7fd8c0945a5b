ALTER TABLE costs_local ON CLUSTER `eu-1` MODIFY SETTING min_rows_to_fsync_after_merge = 1;
