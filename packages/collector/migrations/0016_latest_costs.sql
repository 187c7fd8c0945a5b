-- The costs that count: of each day, channel, source and medium those of its latest import, so that a
-- campaign that was renamed or taken out since does not count beside what replaced it.
CREATE VIEW latest_costs AS
SELECT site_id, day, acquisition_channel, campaign_source, campaign_medium, campaign_name, impressions, clicks, cost, currency, imported_at
FROM
(
    SELECT *, max(imported_at) OVER (PARTITION BY site_id, day, acquisition_channel, campaign_source, campaign_medium) AS latest
    FROM
    (
        SELECT
            site_id, day, acquisition_channel, campaign_source, campaign_medium, campaign_name, currency,
            argMax(c.impressions, c.imported_at) AS impressions,
            argMax(c.clicks, c.imported_at) AS clicks,
            argMax(c.cost, c.imported_at) AS cost,
            max(c.imported_at) AS imported_at
        FROM costs AS c
        GROUP BY site_id, day, acquisition_channel, campaign_source, campaign_medium, campaign_name, currency
    )
)
WHERE imported_at = latest
