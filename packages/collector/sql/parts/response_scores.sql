-- The score of each response: that of its first answer with one. A text that is an answer of its own goes
-- with it.
SELECT
    survey_id AS scored_survey,
    response_id AS scored_response,
    argMin((metric, score, scale_min, scale_max, polarity), (occurred_at, id)) AS first,
    first.1 AS first_metric,
    first.2 AS first_score,
    first.3 AS first_min,
    first.4 AS first_max,
    first.5 AS first_polarity,
    {{isLow(first_metric, first_score, first_min, first_max, first_polarity)}} AS low,
    {{isHigh(first_metric, first_score, first_min, first_max, first_polarity)}} AS high
FROM
(
    {{parts/latest_revisions}}
)
WHERE isNotNull(score) AND NOT not_applicable
GROUP BY scored_survey, scored_response
