-- question: What are the texts about?
-- unit: a text, by its latest revision
-- definition: Texts in which the pattern of a theme is found ÷ texts, with Wilson's 95 % interval. Patterns
--   are the team's own, RE2, in either case; a text may have several themes, and the row without a name is
--   of the texts that have none. `lowShare` is the share of displeased ones (0 to 6 of an NPS, the lower third
--   of other scales) among those with a score: their own, or that of the first scored answer of the response.
-- caveat: Bots are left out. Patterns find words, not what is meant by them: "not expensive" is about the
--   price as well.
SELECT
    {{groupKey}}
    one.1 AS theme,
    countIf(one.2) AS answers,
    uniqExactIf(person, one.2) AS people,
    count() AS texts,
    {{share(answers, texts)}} AS share,
    {{wilsonLow(answers, texts)}} AS low,
    {{wilsonHigh(answers, texts)}} AS high,
    countIf(one.2 AND isNotNull(first_score)) AS scored,
    countIf(one.2 AND isNotNull(first_score) AND displeased) AS lowScores,
    {{share(lowScores, scored)}} AS lowShare,
    {{wilsonLow(lowScores, scored)}} AS lowShareLow,
    {{wilsonHigh(lowScores, scored)}} AS lowShareHigh
FROM
(
    SELECT
        `group`,
        person,
        first_score,
        scores.low AS displeased,
        arrayMap(pattern -> match(text, concat('(?i)', pattern)), {patterns:Array(String)}) AS found,
        arrayConcat(arrayZip({themes:Array(String)}, found), [('', NOT has(found, 1))]) AS marks
    FROM
    (
        {{parts/answers}}
    ) AS answers
    GLOBAL LEFT JOIN
    (
        {{parts/response_scores}}
    ) AS scores ON answers.survey_id = scores.scored_survey AND answers.response_id = scores.scored_response
    WHERE text != ''
        AND ({kind:String} = 'any' OR kind = {kind:String})
)
ARRAY JOIN marks AS one
GROUP BY {{groupKey}} theme
ORDER BY {{groupKey}} answers DESC, theme
