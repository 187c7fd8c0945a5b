-- Of each question of a response the latest revision since the beginning of the period, whoever it is of.
SELECT id, occurred_at, survey_id, response_id, question_id, metric, score, scale_min, scale_max, polarity, choice, text, not_applicable
FROM feedback
WHERE {{site}}
    AND occurred_at >= {{from}}
    AND NOT bot
ORDER BY occurred_at DESC, id DESC
LIMIT 1 BY survey_id, response_id, question_id
