-- One annotation as it was told last; no row for one that is not there, or was removed.
SELECT
    toUnixTimestamp64Milli(latest.1) AS startsAt,
    toUnixTimestamp64Milli(latest.2) AS endsAt
FROM
(
    SELECT argMax((starts_at, ends_at, removed), received_at) AS latest
    FROM annotations
    WHERE site_id = {site:String} AND annotation_id = {annotation:String}
    GROUP BY annotation_id
)
WHERE NOT latest.3
