-- question: Would our customers recommend us?
-- unit: an answer to an NPS question, by its latest revision
-- definition: NPS = 100 × (promoters − detractors) ÷ answers, -100 to 100: promoters gave 9 or 10,
--   detractors 0 to 6, passives 7 or 8. Passives are in the denominator; dismissed displays, "not
--   applicable" and answers taken back are not. Interval: adjusted Wald 95 %. Relational and
--   transactional answers have a row each. With `goal`, converted are those whose person has that event
--   from `goalDays` before to `goalDays` after the answer; the others are not converted.
-- caveat: Bots are left out. A score that is no whole number from 0 to 10 does not count, nor one
--   of another scale.
SELECT
    {{groupKey}}
    kind,
    result,
    countIf(scored) AS answers,
    uniqExactIf(person, scored) AS people,
    countIf(scored AND score >= 9) AS promoters,
    countIf(scored AND score IN (7, 8)) AS passives,
    countIf(scored AND score <= 6) AS detractors,
    {{nps(promoters, detractors, answers)}} AS nps,
    {{npsLow(promoters, detractors, answers)}} AS npsLow,
    {{npsHigh(promoters, detractors, answers)}} AS npsHigh,
    countIf(not_applicable) AS notApplicable
FROM
(
    SELECT
        *,
        NOT not_applicable AND {{onScale(score, 0, 10)}} AND score = floor(score) AND ifNull(scale_min, 0) = 0 AND ifNull(scale_max, 10) = 10 AND polarity = 1 AS scored
    FROM
    (
        {{parts/answers_by_result}}
    )
)
WHERE metric = 'nps'
    AND ({kind:String} = 'any' OR kind = {kind:String})
    AND (scored OR not_applicable)
GROUP BY {{groupKey}} kind, result
ORDER BY answers DESC, {{groupKey}} kind, result
