-- question: Which low scores wait to be followed up, and by whom?
-- unit: a response with a low score
-- definition: The latest first, each with its first low score, its status (`open` without a step), the owner
--   of its latest step, and the moment when the person was asked again. `responseId` is what a step of a
--   follow-up names. The person is the team's own id of the user where one is known, else the anonymous id of
--   a device. Low: 0 to 6 of an NPS, the lower third of other scales.
-- caveat: Bots are left out. For looking at cases, not for counting: follow_ups counts.
SELECT
    response_id AS responseId,
    answered_at AS at,
    survey_id AS surveyId,
    said.1 AS kind,
    said.2 AS metric,
    said.3 AS score,
    if(isNull(said.4), '', {{scale(said.4, said.5)}}) AS scale,
    said.6 AS touchpoint,
    multiIf(whose.2 != '', whose.2, users.name != '', users.name, toString(whose.3)) AS person,
    toBool(whose.2 != '' OR users.name != '') AS known,
    status,
    owner,
    seconds AS firstFollowUpSeconds,
    asked_again_at AS askedAgainAt,
    uniqExact(customer) OVER () AS people
FROM
(
    {{parts/followed_responses}}
) AS cases
GLOBAL LEFT JOIN
(
    SELECT person_key, min(user_id) AS name
    FROM identities
    WHERE {{site}}
    GROUP BY person_key
) AS users ON cases.customer = users.person_key
WHERE ({status:String} = 'any' OR status = {status:String})
    AND ({owner:String} = '' OR owner = {owner:String})
ORDER BY at DESC, responseId
LIMIT {limit:UInt16}
