-- Which devices a user has is asked whenever a survey is about to be shown to them; the sort key
-- begins with the device.
ALTER TABLE identities ADD INDEX by_user user_id TYPE bloom_filter(0.01) GRANULARITY 1
