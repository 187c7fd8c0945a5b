-- Every contact once: what it was opened for, how it ended, and what the operators' tools told of it. One
-- that is opened again under its id within a year is the same.
SELECT
    contact_id,
    {{groupFirst}}
    argMin({{filters}}, (occurred_at, id)) AS chosen,
    argMin({{person}}, (occurred_at, id)) AS opener,
    min(occurred_at) AS opened,
    argMin(reason, (occurred_at, id)) AS firstReason,
    countIf(name = 'contact_opened') > 0 AS seenOpening,
    -- Of one millisecond, the end comes last.
    argMaxIf(
        multiIf(name = 'contact_opened', 'open', ifNull(resolved, true), 'resolved', 'unresolved'),
        (occurred_at, name = 'contact_resolved', id),
        name IN ('contact_opened', 'contact_resolved')) AS latest,
    countIf(name = 'contact_resolved') > 0 AS closed,
    maxIf(occurred_at, name = 'contact_resolved') AS closedAt,
    max(ifNull(reopened, false))
        OR closed AND maxIf(occurred_at, name = 'contact_opened') > minIf(occurred_at, name = 'contact_resolved') AS again,
    argMaxIf(wait_seconds, (occurred_at, id), isNotNull(wait_seconds)) AS waiting,
    argMaxIf(transfers, (occurred_at, id), isNotNull(transfers)) AS routes,
    argMaxIf(talk_seconds, (occurred_at, id), isNotNull(talk_seconds)) AS talking
FROM {{contacts}}
WHERE {{site}}
    AND occurred_at >= {{from}} - INTERVAL 1 YEAR
GROUP BY contact_id
