-- question: How much happens, hour by hour or day by day?
-- unit: an hour or a day, UTC
-- definition: Events are counted once by id; people are users where known, also from
--   another event of the device, devices otherwise.
-- caveat: Bots are left out. Hours without events have no row.
SELECT
    if({bucket:String} = 'day', toStartOfDay(occurred_at), toStartOfHour(occurred_at)) AS time,
    uniqExact(id) AS events,
    uniqExact({{person}}) AS people
FROM events
GLOBAL LEFT JOIN
(
    {{knownDevices}}
) AS known ON events.person_key = known.device_key
WHERE site_id = {site:String}
    AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND NOT bot
GROUP BY time
ORDER BY time
