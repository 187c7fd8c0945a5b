-- The answers of the period: of each question of a response the latest revision, without bots. An answer
-- belongs to the moment of that revision, so that whatever came later is read as well; filters and groups
-- look at it too. A revision that takes the answer back has neither score nor choice nor text.
SELECT *
FROM
(
    SELECT
        {{groupField}} AS `group`,
        {{filters}} AS wanted,
        {{person}} AS person,
        id,
        occurred_at,
        anonymous_id,
        user_id,
        session_id,
        response_id,
        survey_id,
        survey_version,
        question_id,
        kind,
        metric,
        score,
        scale_min,
        scale_max,
        polarity,
        choice,
        text,
        not_applicable,
        touchpoint,
        channel,
        outcome,
        if(page_name != '', page_name, page_path) AS page
    FROM {{feedback}}
    WHERE {{site}}
        AND occurred_at >= {{from}}
        AND NOT bot
    ORDER BY occurred_at DESC, id DESC
    LIMIT 1 BY survey_id, response_id, question_id
)
WHERE wanted AND occurred_at < {{to}}
