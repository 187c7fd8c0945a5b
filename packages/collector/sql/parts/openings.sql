-- Every contact once, as it was opened; one that is opened again under its id within a year is the same.
SELECT
    contact_id,
    argMin({{person}}, (occurred_at, id)) AS opener,
    min(occurred_at) AS opened,
    argMin(reason, (occurred_at, id)) AS firstReason,
    argMin(channel, (occurred_at, id)) AS firstChannel
FROM {{contacts}}
WHERE {{site}}
    AND occurred_at >= {{from}} - INTERVAL 1 YEAR
GROUP BY contact_id
