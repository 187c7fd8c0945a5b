-- The answers of the period, each with what became of its person.
SELECT
    *,
    {{goalResult(goals.moments, occurred_at)}} AS result
FROM
(
    {{parts/answers}}
) AS answers
GLOBAL LEFT JOIN
(
    {{parts/goal_moments}}
) AS goals ON answers.person = goals.reached_by
