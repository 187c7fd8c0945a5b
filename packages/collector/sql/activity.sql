-- question: How much happens, hour by hour or day by day?
-- unit: an hour or a day, UTC
-- definition: Events are counted once by id; people are users where known, also from
--   another event of the device, devices otherwise.
-- caveat: Bots are left out. Hours without events have no row.
SELECT
    {{groupSelect}}
    if({bucket:String} = 'day', toStartOfDay(occurred_at), toStartOfHour(occurred_at)) AS time,
    uniqExact(id) AS events,
    uniqExact({{person}}) AS people
FROM {{events}}
WHERE {{where}}
GROUP BY {{groupKey}} time
ORDER BY {{groupKey}} time
