-- question: What is happening now?
-- unit: an event
-- definition: The latest events by the moment they were received, each id once, bots included and marked.
-- caveat: Only the last seven days by reception.
SELECT
    id,
    name,
    received_at AS receivedAt,
    occurred_at AS occurredAt,
    if(user_id != '', user_id, toString(anonymous_id)) AS person,
    toBool(user_id != '') AS known,
    channel,
    acquisition_channel AS acquisitionChannel,
    area,
    device,
    browser,
    os,
    if(page_name != '', page_name, page_path) AS page,
    outcome,
    value,
    currency,
    bot,
    properties
FROM events
WHERE site_id = {site:String}
    AND received_at > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
ORDER BY received_at DESC, occurred_at DESC, id
LIMIT 1 BY id
LIMIT {limit:UInt16}
