otherReached[step] AS otherPeople,
if(otherN = 0, NULL, q) AS otherShareOfFirst,
if(otherN = 0, NULL, if(otherPeople = 0, 0, l2)) AS otherLow,
if(otherN = 0, NULL, if(otherPeople = otherN, 1, u2)) AS otherHigh,
-- Everybody is at the first step: there is no difference to be uncertain of.
if(n = 0 OR otherN = 0, NULL, p - q) AS difference,
if(n = 0 OR otherN = 0, NULL, if(step = 1, 0, p - q - sqrt(pow(p - l1, 2) + pow(u2 - q, 2)))) AS differenceLow,
if(n = 0 OR otherN = 0, NULL, if(step = 1, 0, p - q + sqrt(pow(u1 - p, 2) + pow(q - l2, 2)))) AS differenceHigh
