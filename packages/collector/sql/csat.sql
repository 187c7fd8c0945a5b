-- question: Are our customers satisfied?
-- unit: an answer to a CSAT question, by its latest revision
-- definition: Two numbers. `satisfiedShare` is the top-2-box share: answers that are one of the two best
--   scores of their scale ÷ answers, with Wilson's 95 % interval. `meanOfMaximum` is the mean score ÷ the
--   maximum of the scale, with Student's. Scales, their direction, relational and transactional answers
--   have a row each. "Not applicable" and answers taken back are not in the denominator. With `goal`,
--   converted are those whose person has that event from `goalDays` before to `goalDays` after the answer.
-- caveat: Bots are left out. A score of which the scale was not sent, or outside of it, does not count.
SELECT
    {{groupKey}}
    kind,
    {{scale(scale_min, scale_max)}} AS scale,
    polarity,
    result,
    count() AS answers,
    uniqExact(person) AS people,
    countIf(if(polarity = 1, score >= scale_max - 1, score <= scale_min + 1)) AS satisfied,
    {{share(satisfied, answers)}} AS satisfiedShare,
    {{wilsonLow(satisfied, answers)}} AS satisfiedLow,
    {{wilsonHigh(satisfied, answers)}} AS satisfiedHigh,
    avg(score / scale_max) AS meanOfMaximum,
    {{meanLow(meanOfMaximum, stddevSamp(score / scale_max), answers)}} AS meanOfMaximumLow,
    {{meanHigh(meanOfMaximum, stddevSamp(score / scale_max), answers)}} AS meanOfMaximumHigh
FROM
(
    {{parts/answers_by_result}}
)
WHERE metric = 'csat'
    AND ({kind:String} = 'any' OR kind = {kind:String})
    AND NOT not_applicable
    AND {{onScale(score, scale_min, scale_max)}}
    AND scale_max > 0
GROUP BY {{groupKey}} kind, scale, polarity, result
ORDER BY answers DESC, {{groupKey}} kind, scale, polarity DESC, result
