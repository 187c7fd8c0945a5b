-- question: How many visits are there, how many of them end at once, and how long do they last?
-- unit: a session that started in the period
-- definition: A session bounced when it has one page view and no other event than those that tell of
--   time and of the page itself (visible_time, scroll_depth, web_vital). Its time is the sum of its
--   visible_time, measured where that is sent; median and mean are of the sessions that have one.
--   Filters and groups look at the session's first event. Intervals: Wilson 95 % of the bounce rate,
--   Student 95 % of the means.
-- caveat: Bots are left out. Events without a session do not count. Pages per session count sessions
--   without a page view (an app's, a server's) as 0.
SELECT
    {{groupKey}}
    count() AS sessions,
    uniqExact(person) AS people,
    countIf(bounced) AS bounces,
    {{share(bounces, sessions)}} AS bounceRate,
    {{wilsonLow(bounces, sessions)}} AS bounceLow,
    {{wilsonHigh(bounces, sessions)}} AS bounceHigh,
    countIf(seconds > 0) AS timed,
    if(timed = 0, NULL, quantileExactInclusiveIf(0.5)(seconds, seconds > 0)) AS medianSeconds,
    if(timed = 0, NULL, avgIf(seconds, seconds > 0)) AS meanSeconds,
    {{meanLow(meanSeconds, stddevSampIf(seconds, seconds > 0), timed)}} AS meanSecondsLow,
    {{meanHigh(meanSeconds, stddevSampIf(seconds, seconds > 0), timed)}} AS meanSecondsHigh,
    if(sessions = 0, NULL, avg(pages)) AS pagesPerSession,
    {{meanLow(pagesPerSession, stddevSamp(pages), sessions)}} AS pagesLow,
    {{meanHigh(pagesPerSession, stddevSamp(pages), sessions)}} AS pagesHigh
FROM
(
    {{parts/started_sessions}}
)
{{groupBy}}
ORDER BY sessions DESC, {{groupKey}} bounces
