-- question: Which events arrive, and how many?
-- unit: an event name
-- definition: Events are counted once by id; people are users where known, also from
--   another event of the device, devices otherwise.
-- caveat: Bots are left out.
SELECT
    {{groupSelect}}
    name,
    uniqExact(id) AS events,
    uniqExact({{person}}) AS people,
    min(occurred_at) AS firstSeen,
    max(occurred_at) AS lastSeen
FROM {{events}}
WHERE {{where}}
GROUP BY {{groupKey}} name
ORDER BY events DESC, {{groupKey}} name
LIMIT 1000
