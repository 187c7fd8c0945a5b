-- question: How many of those who see a survey answer it, and what do the others do?
-- unit: a display of a survey: a response id of survey_shown, which is sent once the survey is visible
-- definition: Responses are displays with at least one answer that was not taken back, "not applicable"
--   included; dismissed are those without one that were closed by hand (survey_dismissed), ignored the
--   rest: the three make up the displays, and are divided by them. Completed are responses with
--   survey_completed, abandoned the other responses: these are divided by the responses. Answers and ends
--   count whenever they came. Intervals: Wilson 95 %. Filters and groups look at the display. With `goal`,
--   converted are displays whose person has that event from `goalDays` before to `goalDays` after.
-- caveat: Bots are left out. Answers without a display, such as those of a server, do not count. Where no
--   display of a row was completed, completion is not told: its senders may not tell it.
SELECT
    {{groupKey}}
    surveyId,
    kind,
    result,
    count() AS displays,
    uniqExact(person) AS people,
    countIf(answered) AS responses,
    {{share(responses, displays)}} AS responseRate,
    {{wilsonLow(responses, displays)}} AS responseLow,
    {{wilsonHigh(responses, displays)}} AS responseHigh,
    countIf(closed AND NOT answered) AS dismissed,
    {{share(dismissed, displays)}} AS dismissalRate,
    {{wilsonLow(dismissed, displays)}} AS dismissalLow,
    {{wilsonHigh(dismissed, displays)}} AS dismissalHigh,
    displays - responses - dismissed AS ignored,
    {{share(ignored, displays)}} AS ignoredRate,
    {{wilsonLow(ignored, displays)}} AS ignoredLow,
    {{wilsonHigh(ignored, displays)}} AS ignoredHigh,
    nullIf(countIf(finished AND answered), 0) AS completed,
    if(isNull(completed), NULL, {{share(ifNull(completed, 0), responses)}}) AS completionRate,
    if(isNull(completed), NULL, {{wilsonLow(ifNull(completed, 0), responses)}}) AS completionLow,
    if(isNull(completed), NULL, {{wilsonHigh(ifNull(completed, 0), responses)}}) AS completionHigh,
    responses - completed AS abandoned,
    if(isNull(completed), NULL, {{share(ifNull(abandoned, 0), responses)}}) AS abandonmentRate,
    if(isNull(completed), NULL, {{wilsonLow(ifNull(abandoned, 0), responses)}}) AS abandonmentLow,
    if(isNull(completed), NULL, {{wilsonHigh(ifNull(abandoned, 0), responses)}}) AS abandonmentHigh
FROM
(
    SELECT
        shown.*,
        {{goalResult(goals.moments, shown_at)}} AS result,
        answers.given AS answered,
        ends.completed AS finished,
        ends.dismissed AS closed
    FROM
    (
        SELECT
            if(toUUIDOrZero(ifNull(toString(properties.responseId), '')) = toUUID('00000000-0000-0000-0000-000000000000'), id, toUUIDOrZero(ifNull(toString(properties.responseId), ''))) AS response,
            {{groupFirst}}
            argMin(ifNull(toString(properties.surveyId), ''), (occurred_at, id)) AS surveyId,
            argMin(ifNull(toString(properties.kind), ''), (occurred_at, id)) AS kind,
            argMin({{person}}, (occurred_at, id)) AS person,
            min(occurred_at) AS shown_at
        FROM {{events}}
        WHERE {{where}}
            AND name = 'survey_shown'
        GROUP BY response
    ) AS shown
    GLOBAL LEFT JOIN
    (
        SELECT
            toUUIDOrZero(ifNull(toString(properties.responseId), '')) AS response,
            max(name = 'survey_completed') AS completed,
            max(name = 'survey_dismissed') AS dismissed
        FROM events
        WHERE {{site}}
            AND name IN ('survey_completed', 'survey_dismissed')
            AND occurred_at >= {{from}}
        GROUP BY response
    ) AS ends ON shown.response = ends.response
    GLOBAL LEFT JOIN
    (
        SELECT response_id AS response, max(isNotNull(score) OR choice != '' OR text != '' OR not_applicable) AS given
        FROM
        (
            {{parts/latest_revisions}}
        )
        GROUP BY response
    ) AS answers ON shown.response = answers.response
    GLOBAL LEFT JOIN
    (
        {{parts/goal_moments}}
    ) AS goals ON shown.person = goals.reached_by
)
GROUP BY {{groupKey}} surveyId, kind, result
ORDER BY displays DESC, {{groupKey}} surveyId, kind, result
