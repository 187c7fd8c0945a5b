-- question: How many contacts does a customer have, those without any included?
-- unit: a customer of the imported base on at least one day of the period
-- definition: Contacts of these customers that were opened in the period, over all of these customers.
--   A contact is opened by its first event. Contacting are the customers with at least one. Split by
--   reason or channel of the contact, each row divides by all customers. Filters and groups look at the
--   customer: a trait is that of the base, else the latest that an event told. Intervals: Student 95 %
--   of the mean, Wilson 95 % of the share.
-- caveat: Contacts of people who are not in the base do not count; without a base there is no answer.
--   Who was a customer for a part of the period counts as one of all of it. Few customers have most of
--   the contacts: of less than about 100 customers the interval of the mean is rough.
SELECT
    {{groupKey}}
    part.1 AS split,
    customers,
    part.2 AS contacts,
    {{share(contacts, customers)}} AS contactsPerCustomer,
    {{meanLow(contactsPerCustomer, sqrt(greatest(0, part.3 - contacts * contacts / customers) / (customers - 1)), customers)}} AS contactsPerCustomerLow,
    {{meanHigh(contactsPerCustomer, sqrt(greatest(0, part.3 - contacts * contacts / customers) / (customers - 1)), customers)}} AS contactsPerCustomerHigh,
    part.4 AS contacting,
    {{share(contacting, customers)}} AS contactingShare,
    {{wilsonLow(contacting, customers)}} AS contactingShareLow,
    {{wilsonHigh(contacting, customers)}} AS contactingShareHigh
FROM
(
    SELECT
        {{groupKey}}
        count() AS customers,
        -- sum of the numbers, of their squares, and how many there are, for each part
        sumMap(parts, numbers, arrayMap(n -> n * n, numbers), arrayMap(n -> toUInt64(1), numbers)) AS sums
    FROM
    (
        SELECT
            {{groupSelect}}
            called.parts AS parts,
            called.numbers AS numbers
        FROM {{customers}}
        GLOBAL LEFT JOIN
        (
            SELECT opener, groupArray(part) AS parts, groupArray(number) AS numbers
            FROM
            (
                SELECT
                    opener,
                    if({split:String} = 'reason', firstReason, if({split:String} = 'channel', firstChannel, '')) AS part,
                    count() AS number
                FROM
                (
                    {{parts/openings}}
                )
                WHERE opened >= {{from}}
                    AND opened < {{to}}
                    AND (empty({reasons:Array(String)}) OR has({reasons:Array(String)}, firstReason))
                GROUP BY opener, part
            )
            GROUP BY opener
        ) AS called ON customers.person_key = called.opener
        WHERE {{site}}
            AND (since IS NULL OR toDateTime64(since, 3, 'UTC') < {{to}})
            AND (until IS NULL OR toDateTime64(until, 3, 'UTC') > {{from}})
            AND {{filters}}
    )
    {{groupBy}}
)
-- Not split there is a row also where nobody had a contact.
ARRAY JOIN if({split:String} = 'none' AND empty(sums.1), [('', toUInt64(0), toUInt64(0), toUInt64(0))], arrayZip(sums.1, sums.2, sums.3, sums.4)) AS part
ORDER BY {{groupKey}} contacts DESC, split
LIMIT 10000
