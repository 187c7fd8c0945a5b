-- question: How much effort does it take our customers?
-- unit: an answer to a CES question, by its latest revision
-- definition: The mean score with Student's 95 % interval; `polarity` 1 says that a high score is good
--   (agreement that it was easy, 1-7), -1 that a low one is (effort, 1-5). Scales and directions never mix,
--   nor do relational and transactional answers: each has a row. `easyShare` is the share of 5 and more on
--   1-7 with polarity 1, with Wilson's interval; other scales have none. "Not applicable" and answers taken
--   back do not count. With `goal`, converted are those whose person has that event from `goalDays` before
--   to `goalDays` after the answer.
-- caveat: Bots are left out. A score of which the scale was not sent, or outside of it, does not count.
SELECT
    {{groupKey}}
    kind,
    {{scale(scale_min, scale_max)}} AS scale,
    polarity,
    result,
    count() AS answers,
    uniqExact(person) AS people,
    avg(score) AS mean,
    {{meanLow(mean, stddevSamp(score), answers)}} AS meanLow,
    {{meanHigh(mean, stddevSamp(score), answers)}} AS meanHigh,
    if(scale = '1-7' AND polarity = 1, countIf(score >= 5), NULL) AS easy,
    {{share(easy, answers)}} AS easyShare,
    if(isNull(easy), NULL, {{wilsonLow(ifNull(easy, 0), answers)}}) AS easyLow,
    if(isNull(easy), NULL, {{wilsonHigh(ifNull(easy, 0), answers)}}) AS easyHigh
FROM
(
    {{parts/answers_by_result}}
)
WHERE metric = 'ces'
    AND ({kind:String} = 'any' OR kind = {kind:String})
    AND NOT not_applicable
    AND {{onScale(score, scale_min, scale_max)}}
GROUP BY {{groupKey}} kind, scale, polarity, result
ORDER BY answers DESC, {{groupKey}} kind, scale, polarity DESC, result
