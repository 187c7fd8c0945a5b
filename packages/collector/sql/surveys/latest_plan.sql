-- question: Which plan of surveys holds?
-- unit: the plan that was saved last
-- definition: The one with the highest revision.
-- caveat: Two collectors that save at the same moment may give one revision twice; the later one holds.
SELECT revision, toUnixTimestamp64Milli(saved_at) AS savedAt, plan
FROM survey_plans
WHERE site_id = {site:String}
ORDER BY revision DESC, saved_at DESC
LIMIT 1
