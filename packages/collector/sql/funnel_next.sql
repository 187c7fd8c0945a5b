-- question: What did those who dropped off before a step of a funnel do next?
-- unit: a person (identity known when asked), a session or an account
-- definition: Dropped is as in the question funnel_people. Next is the first event later than the
--   last step of the counted chain and at most `within` after it: its name, or the page of the first
--   page view; none where nothing followed. Share: of all who dropped off, with Wilson's 95 % interval.
--   Broken down, a unit belongs to the group of its first event of the first step.
--   Seconds: the median from the last step to it.
-- caveat: Bots are left out. Filters say who is counted, not what they did next; the end of the period
--   is not the end of what followed.
SELECT
    {{groupResult}}
    next,
    people,
    dropped,
    {{share(people, dropped)}} AS share,
    {{wilsonLow(people, dropped)}} AS low,
    {{wilsonHigh(people, dropped)}} AS high,
    medianSeconds
FROM
(
    SELECT
        grp,
        if(followed, what, NULL) AS next,
        count() AS people,
        sum(people) OVER (PARTITION BY grp) AS dropped,
        if(followed, round(quantileExactInclusive(0.5)(waited / 1000), 4), NULL) AS medianSeconds
    FROM
    (
        SELECT
            lost.unit AS who,
            any(lost.grp) AS grp,
            countIf((events.moment > lost.moment AND events.moment <= lost.moment + {{within}})) > 0 AS followed,
            argMinIf(events.what, (events.moment, events.id), (events.moment > lost.moment AND events.moment <= lost.moment + {{within}})) AS what,
            minIf(events.moment - lost.moment, (events.moment > lost.moment AND events.moment <= lost.moment + {{within}})) AS waited
        FROM
        (
            {{events}}
        ) AS events
        GLOBAL RIGHT JOIN
        (
            SELECT unit, grp, toInt64(arrayMax(moments)) AS moment
            FROM
            (
                {{chains}}
            )
            WHERE {{chosen}}
        ) AS lost ON events.unit = lost.unit
        GROUP BY who
    )
    GROUP BY grp, followed, what
)
ORDER BY dropped DESC, grp, people DESC, next
LIMIT {{limit}} BY grp
