-- question: Which accounts have given no sign for a while?
-- unit: an account: of the imported customer base on the day that is asked about, or seen before it
-- definition: A sign is any event of the account but what it does not do itself (message_sent,
--   contact_resolved). Quiet: the latest sign before the moment is at least {days} days old, or there is
--   none. People are those with events of the account at any time before; customers those of the base.
--   Those longest quiet first, never seen before all others; at most {limit}.
-- caveat: Bots are left out. An account whose customers have all left the base is listed while its events
--   are kept. Names of accounts are the team's own.
SELECT
    account,
    sum(customersOf) AS customers,
    sum(peopleOf) AS people,
    nullIf(max(lastOf), toDateTime64(0, 3, 'UTC')) AS lastSeen,
    if(isNull(lastSeen), NULL, intDiv({to:Int64} - toUnixTimestamp64Milli(lastSeen), 86400000)) AS daysQuiet
FROM
(
    SELECT account_id AS account, count() AS customersOf, 0 AS peopleOf, toDateTime64(0, 3, 'UTC') AS lastOf
    FROM customers FINAL
    WHERE site_id = {site:String}
        AND (since IS NULL OR toDateTime64(since, 3, 'UTC') <= fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
        AND (until IS NULL OR toDateTime64(until, 3, 'UTC') > fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
    GROUP BY account
    UNION ALL
    SELECT
        account_id AS account,
        0 AS customersOf,
        uniqExact(ifNull(nullIf(known.person, 0), person_key)) AS peopleOf,
        max(occurred_at) AS lastOf
    FROM events
    GLOBAL LEFT JOIN
    (
        {{knownDevices}}
    ) AS known ON events.person_key = known.device_key
    WHERE site_id = {site:String}
        AND account_id != ''
        AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        AND name NOT IN ('message_sent', 'contact_resolved')
        AND NOT bot
    GROUP BY account
)
WHERE account != ''
GROUP BY account
HAVING isNull(daysQuiet) OR daysQuiet >= {days:UInt16}
ORDER BY isNull(lastSeen) DESC, lastSeen, account
LIMIT {limit:UInt32}
