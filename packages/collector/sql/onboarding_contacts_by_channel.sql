-- question: How many contacts do new customers need while they begin, by acquisition channel?
-- unit: a person whose first of the {start} events ever lies in the period
-- definition: Contacts opened within {days} days from that event on, over all of these people, those
--   without any included; a contact is opened by its first event. Each person is counted for one touch:
--   the first ever, or the last before they began; a touch is the first event of a session that tells an
--   acquisition channel. Filters and groups look at the event with which they began. Intervals: Student
--   95 % of the mean, Wilson 95 % of the share of people with a contact.
-- caveat: Bots are left out; the empty channel is of people without a touch. Who began less than {days}
--   days ago may yet have contacts. Events that are no longer kept are neither a touch nor a beginning.
SELECT
    {{groupKey}}
    touch.3 AS channel,
    count() AS people,
    sum(calls) AS contacts,
    avg(calls) AS contactsPerCustomer,
    {{meanLow(contactsPerCustomer, stddevSamp(calls), people)}} AS contactsPerCustomerLow,
    {{meanHigh(contactsPerCustomer, stddevSamp(calls), people)}} AS contactsPerCustomerHigh,
    countIf(calls > 0) AS contacting,
    {{share(contacting, people)}} AS contactingShare,
    {{wilsonLow(contacting, people)}} AS contactingShareLow,
    {{wilsonHigh(contacting, people)}} AS contactingShareHigh
FROM
(
    SELECT
        *,
        {{touch(touches, began, {attribution:String})}} AS touch,
        arrayCount(t -> t >= began AND t <= began + INTERVAL {days:UInt16} DAY, openings) AS calls
    FROM
    (
        SELECT
            {{person}} AS person,
            {{groupFirst}}
            argMin({{filters}}, (occurred_at, id)) AS chosen,
            min(occurred_at) AS began
        FROM {{events}}
        WHERE {{site}}
            AND name IN {start:Array(String)}
            AND occurred_at < {{to}}
            AND NOT bot
        GROUP BY person
        HAVING began >= {{from}} AND chosen
    ) AS beginners
    GLOBAL LEFT JOIN
    (
        {{parts/touches}}
    ) AS won ON beginners.person = won.winner
    GLOBAL LEFT JOIN
    (
        SELECT opener, groupArray(opened) AS openings
        FROM
        (
            {{parts/openings}}
        )
        GROUP BY opener
    ) AS contacted ON beginners.person = contacted.opener
)
GROUP BY {{groupKey}} channel
ORDER BY {{groupKey}} people DESC, channel
LIMIT 10000
