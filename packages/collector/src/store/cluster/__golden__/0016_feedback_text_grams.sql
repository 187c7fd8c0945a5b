ALTER TABLE feedback_local ON CLUSTER `eu-1` ADD INDEX IF NOT EXISTS text_grams lowerUTF8(text) TYPE ngrambf_v1(3, 32768, 3, 0) GRANULARITY 1;
