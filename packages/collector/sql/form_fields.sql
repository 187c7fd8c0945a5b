-- question: Which field do those reach last who abandon a form?
-- unit: a form abandoned within a session that began it in the period
-- definition: Abandoned as in `forms`: no form_submit came in the session. The field is the one that the
--   latest event of the form in the session names; empty where none does. Share: of the form's
--   abandonments (in the group). Filters and groups look at the form's first event in the session.
--   Interval: Wilson 95 %.
-- caveat: Bots are left out. Where no form_abandon came, as from a browser that was killed, the field is
--   the first one that was touched. What is entered in a field is never sent.
SELECT
    {{groupKey}}
    form,
    lastField AS field,
    count() AS abandoned,
    uniqExact(person) AS people,
    sum(abandoned) OVER (PARTITION BY {{groupKey}} form) AS ofForm,
    {{share(abandoned, ofForm)}} AS share,
    {{wilsonLow(abandoned, ofForm)}} AS low,
    {{wilsonHigh(abandoned, ofForm)}} AS high
FROM
(
    {{parts/fillings}}
)
WHERE NOT done AND ({form:String} = '' OR form = {form:String})
GROUP BY {{groupKey}} form, field
ORDER BY ofForm DESC, {{groupKey}} form, abandoned DESC, field
LIMIT 10000
