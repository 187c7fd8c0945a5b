otherReached[step] AS peopleOther,
{{share(peopleOther, otherN)}} AS shareOfFirstOther,
{{wilsonLow(peopleOther, otherN)}} AS lowOther,
{{wilsonHigh(peopleOther, otherN)}} AS highOther,
-- Everybody is at the first step: there is no difference to be uncertain of.
shareOfFirst - shareOfFirstOther AS shareOfFirstDifference,
if(step = 1, shareOfFirstDifference, {{differenceLow(shareOfFirst, low, shareOfFirstOther, highOther)}}) AS shareOfFirstDifferenceLow,
if(step = 1, shareOfFirstDifference, {{differenceHigh(shareOfFirst, high, shareOfFirstOther, lowOther)}}) AS shareOfFirstDifferenceHigh
