-- question: What do stars, smileys and thumbs say?
-- unit: an answer to a question of stars, smileys or thumbs, by its latest revision
-- definition: The mean score with Student's 95 % interval, and the shares of the best and of the worst score
--   of the scale with Wilson's: of thumbs those up and those down. Metrics, scales, their direction,
--   relational and transactional answers have a row each. "Not applicable" and answers taken back do not
--   count. With `goal`, converted are those whose person has that event from `goalDays` before to `goalDays`
--   after the answer.
-- caveat: Bots are left out. A score of which the scale was not sent, or outside of it, does not count.
SELECT
    {{groupKey}}
    metric,
    kind,
    {{scale(scale_min, scale_max)}} AS scale,
    polarity,
    result,
    count() AS answers,
    uniqExact(person) AS people,
    avg(score) AS mean,
    {{meanLow(mean, stddevSamp(score), answers)}} AS meanLow,
    {{meanHigh(mean, stddevSamp(score), answers)}} AS meanHigh,
    countIf(score = if(polarity = 1, scale_max, scale_min)) AS best,
    {{share(best, answers)}} AS bestShare,
    {{wilsonLow(best, answers)}} AS bestLow,
    {{wilsonHigh(best, answers)}} AS bestHigh,
    countIf(score = if(polarity = 1, scale_min, scale_max)) AS worst,
    {{share(worst, answers)}} AS worstShare,
    {{wilsonLow(worst, answers)}} AS worstLow,
    {{wilsonHigh(worst, answers)}} AS worstHigh
FROM
(
    {{parts/answers_by_result}}
)
WHERE metric IN ('stars', 'smiley', 'thumbs')
    AND ({kind:String} = 'any' OR kind = {kind:String})
    AND NOT not_applicable
    AND {{onScale(score, scale_min, scale_max)}}
GROUP BY {{groupKey}} metric, kind, scale, polarity, result
ORDER BY metric, answers DESC, {{groupKey}} kind, scale, polarity DESC, result
