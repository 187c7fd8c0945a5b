-- question: Which words tell low scores from high ones?
-- unit: a word of three letters and more, once a text
-- definition: Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn, Fightin' Words,
--   Political Analysis 16, 2008, equations 15, 16, 20 to 22): δ = ln((l + a) ÷ (L + A − l − a)) −
--   ln((h + a) ÷ (H + A − h − a)), where l of the L words of texts with a low score and h of the H words of those
--   with a high score are this one, and a is its part of A = `prior` words, by how often all texts with a score
--   have it. σ² = 1 ÷ (l + a) + 1 ÷ (h + a); zScore = δ ÷ σ; the interval is δ ∓ 1.96 σ. Above 0: of low scores.
--   Low: 0 to 6 of an NPS, the lower third of other scales. High: 9 and 10 of an NPS, 5 to 7 of an agreement of
--   1-7, else the two best scores (of less than four, the best). The score is the text's own, or that of the
--   first scored answer of its response.
-- caveat: Bots are left out. Words of few people are not shown. Many words are looked at: some pass 1.96
--   by chance.
SELECT
    {{groupKey}}
    word,
    if(logOdds > 0, 'low', 'high') AS side,
    lowTexts,
    highTexts,
    people,
    logOdds,
    logOdds - 1.959963984540054 * deviation AS logOddsLow,
    logOdds + 1.959963984540054 * deviation AS logOddsHigh,
    logOdds / deviation AS zScore
FROM
(
    SELECT
        *,
        {prior:Float64} * texts / sum(texts) OVER (PARTITION BY `group`) AS a,
        log((lowTexts + a) / (sum(lowTexts) OVER (PARTITION BY `group`) + {prior:Float64} - lowTexts - a)) AS ofLow,
        log((highTexts + a) / (sum(highTexts) OVER (PARTITION BY `group`) + {prior:Float64} - highTexts - a)) AS ofHigh,
        ofLow - ofHigh AS logOdds,
        sqrt(1 / (lowTexts + a) + 1 / (highTexts + a)) AS deviation
    FROM
    (
        SELECT
            `group`,
            word,
            count() AS texts,
            countIf(low) AS lowTexts,
            countIf(high) AS highTexts,
            uniqExactIf(person, low OR high) AS people
        FROM
        (
            {{parts/answers}}
        ) AS answers
        GLOBAL INNER JOIN
        (
            {{parts/response_scores}}
        ) AS scores ON answers.survey_id = scores.scored_survey AND answers.response_id = scores.scored_response
        ARRAY JOIN arrayDistinct(extractAll(lowerUTF8(text), '[\\p{L}\\p{N}]{3,}')) AS word
        WHERE {kind:String} = 'any' OR kind = {kind:String}
        GROUP BY `group`, word
    )
)
WHERE lowTexts + highTexts > 0 AND isFinite(logOdds)
ORDER BY abs(zScore) DESC, {{groupKey}} word
LIMIT {limit:UInt16}
