-- Responses of the period with a low score, by the first one: what was done about them, and when their
-- person was asked again: the next display of the same survey, or an answer to it in another response.
SELECT
    responses.*,
    followed.steps > 0 AS followed_up,
    if(followed.status = '', 'open', followed.status) AS status,
    followed.owner AS owner,
    if(followed_up, greatest(0, dateDiff('millisecond', answered_at, followed.first_at) / 1000), NULL) AS seconds,
    arrayFilter(one -> one.1 > answered_at AND one.2 != response_id, asked.times) AS later,
    if(empty(later), NULL, arrayMin(one -> one.1, later)) AS asked_again_at
FROM
(
    SELECT
        argMin(answer_group, (occurred_at, id)) AS `group`,
        survey_id,
        response_id,
        min(occurred_at) AS answered_at,
        argMin((person, user_id, anonymous_id), (occurred_at, id)) AS whose,
        argMin((kind, metric, score, scale_min, scale_max, touchpoint), (occurred_at, id)) AS said,
        whose.1 AS customer
    FROM
    (
        SELECT *, `group` AS answer_group
        FROM
        (
            {{parts/answers}}
        )
    )
    WHERE NOT not_applicable
        AND {{isLow(metric, score, scale_min, scale_max, polarity)}}
        AND ({kind:String} = 'any' OR kind = {kind:String})
    GROUP BY survey_id, response_id
) AS responses
GLOBAL LEFT JOIN
(
    SELECT
        response_id AS followed_response,
        countIf(step != 'open') AS steps,
        minIf(changed_at, step != 'open') AS first_at,
        argMax(step, (changed_at, id)) AS status,
        argMax(who, (changed_at, id)) AS owner
    FROM
    (
        SELECT response_id, id, changed_at, toString(status) AS step, owner AS who
        FROM follow_up_steps
        WHERE {{site}}
        ORDER BY received_at DESC, changed_at DESC, step
        LIMIT 1 BY id
    )
    GROUP BY followed_response
) AS followed ON responses.response_id = followed.followed_response
GLOBAL LEFT JOIN
(
    SELECT asked_survey, asked_person, groupUniqArray((moment, asked_response)) AS times
    FROM
    (
        SELECT
            ifNull(toString(properties.surveyId), '') AS asked_survey,
            {{person}} AS asked_person,
            occurred_at AS moment,
            toUUIDOrZero(ifNull(toString(properties.responseId), '')) AS asked_response
        FROM {{events}}
        WHERE {{site}}
            AND name = 'survey_shown'
            AND occurred_at >= {{from}}
            AND NOT bot
        UNION ALL
        SELECT
            toString(survey_id) AS asked_survey,
            {{person}} AS asked_person,
            occurred_at AS moment,
            response_id AS asked_response
        FROM {{feedback}}
        WHERE {{site}}
            AND occurred_at >= {{from}}
            AND NOT bot
    )
    GROUP BY asked_survey, asked_person
) AS asked ON responses.survey_id = asked.asked_survey AND responses.customer = asked.asked_person
