-- question: Which share of our customers may we say is pleased, and on what grounds?
-- unit: an answer to a question in one wording, by its latest revision
-- definition: Answers with one of the best scores (`favourable`) ÷ answers, with Wilson's 95 % interval:
--   9 and 10 of an NPS, 5 to 7 of an agreement of 1-7, else the two best scores of a scale of four and more,
--   and the best of a smaller one. What may be published is the share with its interval, the number of
--   answers, the wording and the days from the first to the last answer; `low` is what may be claimed "at
--   least". Each wording, version, scale and kind has a row: another question is another claim. The wording
--   is the property `wording` of the answer's event.
-- caveat: Bots are left out. `enough` is whether there are `minAnswers`; whether those who answered are like
--   all customers, the response rate of feedback_rates tells. "Not applicable" and answers taken back are
--   not in the denominator.
SELECT
    {{groupKey}}
    surveyId,
    questionId,
    surveyVersion,
    wording,
    metric,
    kind,
    scale,
    favourable,
    count() AS answers,
    uniqExact(person) AS people,
    countIf(isPleased) AS pleased,
    {{share(pleased, answers)}} AS share,
    {{wilsonLow(pleased, answers)}} AS low,
    {{wilsonHigh(pleased, answers)}} AS high,
    min(occurred_at) AS firstAnswer,
    max(occurred_at) AS lastAnswer,
    toBool(answers >= {minAnswers:UInt32}) AS enough
FROM
(
    SELECT
        *,
        survey_id AS surveyId,
        question_id AS questionId,
        toString(survey_version) AS surveyVersion,
        if(metric = 'nps', ifNull(scale_min, 0), scale_min) AS lowest,
        if(metric = 'nps', ifNull(scale_max, 10), scale_max) AS highest,
        {{scale(lowest, highest)}} AS scale,
        {{highScores(metric, lowest, highest, polarity)}} AS favourable,
        {{isHigh(metric, score, lowest, highest, polarity)}} AS isPleased
    FROM
    (
        {{parts/answers}}
    ) AS answers
    GLOBAL LEFT JOIN
    (
        SELECT id AS worded, any(ifNull(toString(properties.wording), '')) AS wording
        FROM events
        WHERE {{site}}
            AND name = 'survey_answered'
            AND occurred_at >= {{from}}
            AND occurred_at < {{to}}
        GROUP BY worded
    ) AS words ON answers.id = words.worded
)
WHERE NOT not_applicable
    AND {{onScale(score, lowest, highest)}}
    AND ({kind:String} = 'any' OR kind = {kind:String})
GROUP BY {{groupKey}} surveyId, questionId, surveyVersion, wording, metric, kind, scale, favourable
ORDER BY answers DESC, {{groupKey}} surveyId, questionId, surveyVersion, wording, scale, favourable
