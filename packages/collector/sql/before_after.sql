-- question: What were the numbers of a question before and after something happened?
-- unit: a measure of a row of the other question
-- definition: The question is asked of two periods of equal length: the days before the moment (or before
--   the annotation's beginning) and the days from it (or from its end) on. Where fewer days have passed
--   since, both periods are that much shorter. `difference` is after less before, with its 95 % interval:
--   Newcombe's for shares, MOVER for means and scores, MOVER of two Poisson counts for counts. `changed`:
--   the interval leaves out 0.
-- caveat: A difference says that the numbers changed then, not why: weekdays, seasons and campaigns change
--   them too, so take whole weeks, and look at the year before. The interval of a count holds where things
--   happen one by one; of what people do several times at once (events) it is too narrow, so take people.
SELECT
    {{withheld}}
    row_text AS `row`,
    pair.2 AS measure,
    pair.3 AS kind,
    pair.4 AS before,
    pair.5 AS after,
    pair.6 AS nBefore,
    pair.7 AS nAfter,
    pair.8 AS difference,
    pair.9 AS low,
    pair.10 AS high,
    CAST(ifNull(low > 0 OR high < 0, false) AS Bool) AS changed
FROM
(
    SELECT
        {{withheld}}
        row_number() OVER () AS row_place,
        arrayStringConcat({{keys}}, ' · ') AS row_text,
        [
            {{measures}}
        ] AS row_pairs
    FROM
    (
        {{compared}}
    )
)
ARRAY JOIN row_pairs AS pair
ORDER BY row_place, pair.1
