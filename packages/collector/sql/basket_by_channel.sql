-- question: How much do people of each acquisition channel spend on an order?
-- unit: an order: an event of the given names in the period that has a value
-- definition: Each order is counted for one touch of its person: the first ever, or the last before the
--   order; a touch is the first event of a session that tells an acquisition channel. Basket: mean value
--   of an order, each currency apart. Filters and groups look at the order. Interval: Student 95 %.
-- caveat: Bots are left out; the empty channel is of people without a touch. A few large orders move the
--   mean: read the median beside it. Events that are no longer kept are no touch.
SELECT
    {{groupKey}}
    touch.3 AS channel,
    currencyOf AS currency,
    count() AS orders,
    uniqExact(person) AS people,
    avg(amount) AS basket,
    {{meanLow(basket, stddevSamp(amount), orders)}} AS basketLow,
    {{meanHigh(basket, stddevSamp(amount), orders)}} AS basketHigh,
    quantileExactInclusive(0.5)(amount) AS medianBasket,
    sum(amount) AS revenue
FROM
(
    SELECT *, {{touch(touches, moment, {attribution:String})}} AS touch
    FROM
    (
        SELECT
            id,
            {{groupFirst}}
            any({{person}}) AS person,
            min(occurred_at) AS moment,
            CAST(any(currency), 'String') AS currencyOf,
            assumeNotNull(any(value)) AS amount
        FROM {{events}}
        WHERE {{where}}
            AND name IN {orders:Array(String)}
            AND isNotNull(value)
        GROUP BY id
    ) AS bought
    GLOBAL LEFT JOIN
    (
        {{parts/touches}}
    ) AS won ON bought.person = won.winner
)
GROUP BY {{groupKey}} channel, currency
ORDER BY {{groupKey}} orders DESC, channel, currency
LIMIT 10000
