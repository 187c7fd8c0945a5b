-- question: What happened in the session before a low score?
-- unit: an answer with a score, by its latest revision, that was given in a session
-- definition: Answers before which the session had the event (or the page, by `what`) ÷ answers, for low scores
--   and for the others, each with Wilson's 95 % interval; the difference of the two with Newcombe's. Low: 0 to 6
--   of an NPS, the lower third of other scales.
-- caveat: Bots are left out, and so are the survey's own events. What is more frequent before low scores need
--   not be their cause. A session lasts 24 hours at most. All events of the period are looked at for their
--   session: some two seconds for ten million.
SELECT
    {{groupKey}}
    what,
    countIf(displeased) AS lowAnswers,
    any(allLow) AS lowTotal,
    {{share(lowAnswers, lowTotal)}} AS lowShare,
    {{wilsonLow(lowAnswers, lowTotal)}} AS lowShareLow,
    {{wilsonHigh(lowAnswers, lowTotal)}} AS lowShareHigh,
    countIf(NOT displeased) AS otherAnswers,
    any(allOthers) AS otherTotal,
    {{share(otherAnswers, otherTotal)}} AS otherShare,
    {{wilsonLow(otherAnswers, otherTotal)}} AS otherShareLow,
    {{wilsonHigh(otherAnswers, otherTotal)}} AS otherShareHigh,
    lowShare - otherShare AS difference,
    {{differenceLow(lowShare, lowShareLow, otherShare, otherShareHigh)}} AS differenceLow,
    {{differenceHigh(lowShare, lowShareHigh, otherShare, otherShareLow)}} AS differenceHigh,
    uniqExact(person) AS people
FROM
(
    SELECT
        *,
        countIf(displeased) OVER (PARTITION BY `group`) AS allLow,
        countIf(NOT displeased) OVER (PARTITION BY `group`) AS allOthers
    FROM
    (
        SELECT
            `group`,
            person,
            session_id,
            occurred_at,
            {{isLow(metric, score, scale_min, scale_max, polarity)}} AS displeased
        FROM
        (
            {{parts/answers}}
        )
        WHERE has({metrics:Array(String)}, metric)
            AND ({kind:String} = 'any' OR kind = {kind:String})
            AND NOT not_applicable
            AND if(metric = 'nps', {{onScale(score, 0, 10)}}, {{onScale(score, scale_min, scale_max)}})
            AND session_id != toUUID('00000000-0000-0000-0000-000000000000')
    )
) AS answers
GLOBAL INNER JOIN
(
    SELECT
        session_id AS visit,
        if({what:String} = 'page', if(page_name != '', page_name, page_path), toString(name)) AS what,
        min(occurred_at) AS since
    FROM events
    WHERE {{site}}
        AND occurred_at >= {{from}} - INTERVAL 1 DAY
        AND occurred_at < {{to}}
        AND if({what:String} = 'page', name = 'page_view', NOT startsWith(name, 'survey_'))
        AND NOT bot
        AND session_id GLOBAL IN
        (
            SELECT session_id
            FROM feedback
            WHERE {{site}}
                AND {{period}}
        )
    GROUP BY visit, what
) AS happened ON answers.session_id = happened.visit
WHERE since < occurred_at
GROUP BY {{groupKey}} what
ORDER BY abs(ifNull(difference, 0)) DESC, {{groupKey}} what
LIMIT {limit:UInt16}
