-- question: Which events arrive, and how many?
-- unit: an event name
-- definition: Events are counted once by id; people are users where known, also from
--   another event of the device, devices otherwise.
-- caveat: Bots are left out.
SELECT
    name,
    uniqExact(id) AS events,
    uniqExact({{person}}) AS people,
    min(occurred_at) AS firstSeen,
    max(occurred_at) AS lastSeen
FROM events
GLOBAL LEFT JOIN
(
    {{knownDevices}}
) AS known ON events.person_key = known.device_key
WHERE site_id = {site:String}
    AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND NOT bot
GROUP BY name
ORDER BY events DESC, name
LIMIT 1000
