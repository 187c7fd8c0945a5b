-- How the event breaks the tracking plan, as the collector saw it when it came; empty where it does
-- not, or where there was no plan. Its words come from the plan, so there are few.
ALTER TABLE events ADD COLUMN plan_violation LowCardinality(String)
