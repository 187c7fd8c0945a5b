-- question: What happened that numbers are to be read beside?
-- unit: an annotation: a release, a campaign, a holiday, an incident
-- definition: Those that overlap the period, in the order of their beginnings, as they were told last. One
--   that is a moment ends where it begins.
-- caveat: It knows what was imported, and no calendar by itself.
SELECT
    annotation_id AS annotation,
    latest.1 AS kind,
    latest.2 AS startsAt,
    latest.3 AS endsAt,
    latest.4 AS text
FROM
(
    SELECT
        annotation_id,
        argMax((kind, starts_at, ends_at, text, removed), received_at) AS latest
    FROM annotations
    WHERE site_id = {site:String}
    GROUP BY annotation_id
)
WHERE NOT latest.5
    AND latest.2 < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND latest.3 >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
ORDER BY startsAt, annotation
