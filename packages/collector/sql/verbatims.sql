-- question: What do customers write?
-- unit: a text, by its latest revision
-- definition: The latest texts first, each with the score that goes with it: its own, or that of the first
--   scored answer of the same response. `low` are 0 to 6 of an NPS and the lower third of other scales,
--   `high` 9 and 10 of an NPS, 5 to 7 of an agreement of 1-7, else the two best scores (of less than four,
--   the best). `search` finds texts that contain it, in either case.
-- caveat: Bots are left out. For reading, not for counting. Personal data was taken out of texts before they
--   were stored, as far as it is recognised; names of people are not. An index over three characters in a row
--   lets a search pass over blocks of texts that cannot contain what is sought.
SELECT
    occurred_at AS at,
    survey_id AS surveyId,
    question_id AS questionId,
    kind,
    first_metric AS metric,
    first_score AS score,
    if(isNull(first_score), '', {{scale(first_min, first_max)}}) AS scale,
    touchpoint,
    channel,
    page,
    outcome,
    text,
    uniqExact(person) OVER () AS people
FROM
(
    SELECT
        {{filters}} AS wanted,
        {{person}} AS person,
        id,
        occurred_at,
        response_id,
        survey_id,
        question_id,
        kind,
        text,
        touchpoint,
        channel,
        outcome,
        if(page_name != '', page_name, page_path) AS page
    FROM {{feedback}}
    WHERE {{site}}
        AND occurred_at >= {{from}}
        AND NOT bot
        -- A revision that no longer says it must be seen, so it is the answers that are sought.
        AND ({search:String} = '' OR (survey_id, response_id, question_id) GLOBAL IN
        (
            SELECT survey_id, response_id, question_id
            FROM feedback
            WHERE {{site}}
                AND occurred_at >= {{from}}
                AND lowerUTF8(text) LIKE concat('%', replaceRegexpAll(lowerUTF8({search:String}), '([%_\\\\])', '\\\\\\1'), '%')
        ))
    ORDER BY occurred_at DESC, id DESC
    LIMIT 1 BY survey_id, response_id, question_id
) AS texts
GLOBAL LEFT JOIN
(
    {{parts/response_scores}}
) AS scores ON texts.survey_id = scores.scored_survey AND texts.response_id = scores.scored_response
WHERE wanted
    AND occurred_at < {{to}}
    AND text != ''
    AND lowerUTF8(text) LIKE concat('%', replaceRegexpAll(lowerUTF8({search:String}), '([%_\\\\])', '\\\\\\1'), '%')
    AND ({kind:String} = 'any' OR kind = {kind:String})
    AND multiIf({scores:String} = 'low', low, {scores:String} = 'high', high, true)
ORDER BY occurred_at DESC, id DESC
LIMIT {limit:UInt16}
