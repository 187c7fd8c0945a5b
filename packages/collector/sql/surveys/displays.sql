-- question: How often was each survey displayed in the running day, week and month?
-- unit: a survey
-- definition: Displays are distinct response ids of survey_shown, of bots too, in the calendar day, the
--   week from Monday on, and the month, all UTC.
-- caveat: Displays that browsers have not sent yet do not count, so a quota may be passed by a few.
SELECT
    properties.surveyId::String AS surveyId,
    toUInt32(uniqExactIf(properties.responseId::String, occurred_at >= toStartOfDay(moment))) AS day,
    toUInt32(uniqExactIf(properties.responseId::String, occurred_at >= toDateTime(toMonday(moment), 'UTC'))) AS week,
    toUInt32(uniqExactIf(properties.responseId::String, occurred_at >= toDateTime(toStartOfMonth(moment), 'UTC'))) AS month
FROM
(
    SELECT fromUnixTimestamp64Milli({now:Int64}, 'UTC') AS moment, occurred_at, properties
    FROM events
    WHERE site_id = {site:String}
        AND name = 'survey_shown'
        AND occurred_at >= least(toStartOfMonth(moment), toMonday(moment))
        AND occurred_at <= moment + INTERVAL 1 DAY
        AND has({surveys:Array(String)}, properties.surveyId::String)
)
GROUP BY surveyId
