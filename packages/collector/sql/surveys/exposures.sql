-- question: Which surveys was a person shown, whatever the device and the channel?
-- unit: a display of a survey
-- definition: A person is the user where one is named, else whom the device belongs to. Displays are
--   those of the user's events and of the events without a user of the devices that were linked to them
--   first. A display is dismissed when it was closed without an answer. A tab is opened by whoever wants
--   to say something, and is none.
-- caveat: What happened in the last second may not be in the table yet; the browser that showed it knows.
WITH
    (
        SELECT argMin(user_id, (linked_at, user_id))
        FROM identities
        WHERE site_id = {site:String} AND anonymous_id = {anonymousId:UUID}
    ) AS linked,
    if({userId:String} != '', {userId:String}, linked) AS user,
    person AS
    (
        SELECT cityHash64(if(user != '', user, {anonymousId:String})) AS key
        UNION ALL
        SELECT device_key
        FROM identities
        WHERE site_id = {site:String}
            AND anonymous_id GLOBAL IN
            (
                SELECT anonymous_id
                FROM identities
                WHERE site_id = {site:String} AND user_id = user AND user != ''
            )
        GROUP BY device_key
        HAVING argMin(user_id, (linked_at, user_id)) = user
    )
SELECT
    lower(substring(properties.responseId::String, 1, 8)) AS id,
    any(properties.surveyId::String) AS surveyId,
    any(properties.kind::String) AS kind,
    anyIf(properties.metric::String, name = 'survey_shown') AS metric,
    toUnixTimestamp64Milli(minIf(occurred_at, name = 'survey_shown')) AS shownAt,
    intDiv(shownAt, 3600000) * 3600000 AS at,
    countIf(name = 'survey_dismissed' AND properties.answered::String = '0') > 0 AS dismissed
FROM events
WHERE site_id = {site:String}
    AND name IN ('survey_shown', 'survey_dismissed')
    AND person_key GLOBAL IN (SELECT key FROM person)
    AND occurred_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
    AND properties.placement::String != 'tab'
GROUP BY id
HAVING countIf(name = 'survey_shown') > 0
ORDER BY shownAt DESC
LIMIT {most:UInt32}
