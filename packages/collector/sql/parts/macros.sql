-- Expressions that questions share, as {{name(argument, …)}}; `$argument` stands for it in brackets.
-- All intervals are of 95 %: z = 1.959963984540054 is the normal quantile of 0.975.

-- share(x, n): x of n.
if($n = 0, NULL, $x / $n)

-- wilsonLow(x, n): Wilson's score interval of a share (JASA 22, 1927):
--   (p + z²/2n ∓ z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n). Its ends are exact where none or all of n are meant.
if($n = 0, NULL, if($x = 0, 0, greatest(0, ($x / $n + 1.9207294103470187 / $n - 1.959963984540054 * sqrt($x / $n * (1 - $x / $n) / $n + 0.9603647051735093 / $n / $n)) / (1 + 3.8414588206940374 / $n))))

-- wilsonHigh(x, n): the upper end.
if($n = 0, NULL, if($x = $n, 1, least(1, ($x / $n + 1.9207294103470187 / $n + 1.959963984540054 * sqrt(greatest(0, $x / $n * (1 - $x / $n) / $n) + 0.9603647051735093 / $n / $n)) / (1 + 3.8414588206940374 / $n))))

-- nps(promoters, detractors, n): the net promoter score, -100 to 100; passives are in n.
if($n = 0, NULL, 100 * ($promoters / $n - $detractors / $n))

-- npsLow(promoters, detractors, n): adjusted Wald (Rocks, International Journal of Market Research 58,
--   2016): p = (promoters + ¾) / (n + 3), q = (detractors + ¾) / (n + 3), p - q ∓ z·√((p + q - (p - q)²) / (n + 3)).
if($n = 0, NULL, greatest(-100, 100 * (($promoters - $detractors) / ($n + 3) - 1.959963984540054 * sqrt((($promoters + $detractors + 1.5) / ($n + 3) - pow(($promoters - $detractors) / ($n + 3), 2)) / ($n + 3)))))

-- npsHigh(promoters, detractors, n): the upper end.
if($n = 0, NULL, least(100, 100 * (($promoters - $detractors) / ($n + 3) + 1.959963984540054 * sqrt((($promoters + $detractors + 1.5) / ($n + 3) - pow(($promoters - $detractors) / ($n + 3), 2)) / ($n + 3)))))

-- studentQuantile(df): Student's t at 0.975: tabled up to ten degrees of freedom, then the expansion of
--   Abramowitz & Stegun 26.7.5, which is right to seven digits there.
if($df <= 10, [12.706204736174694, 4.302652729749464, 3.182446305283708, 2.776445105197793, 2.570581835636315, 2.446911851144969, 2.3646242515927849, 2.3060041352041671, 2.2621571628540993, 2.2281388519649385][toUInt8(greatest(1, least(10, $df)))], 1.959963984540054 + 2.3722712302985 / $df + 2.8224986161957 / pow($df, 2) + 2.5558496779508 / pow($df, 3) + 1.5895340533938 / pow($df, 4))

-- meanLow(mean, deviation, n): Student's t interval of a mean; `deviation` is the sample's (stddevSamp).
--   None where there is one value alone.
if($n < 2, NULL, $mean - {{studentQuantile(toInt64($n) - 1)}} * $deviation / sqrt($n))

-- meanHigh(mean, deviation, n): the upper end.
if($n < 2, NULL, $mean + {{studentQuantile(toInt64($n) - 1)}} * $deviation / sqrt($n))

-- quantileLow(sorted, level): the order statistic below a quantile of a sorted array (Conover, Practical
--   Nonparametric Statistics, 1999, 3.2): place ⌈np - z·√(np(1-p))⌉. None where there are too few values to say.
if(ceil(length($sorted) * $level - 1.959963984540054 * sqrt(length($sorted) * $level * (1 - $level))) < 1, NULL, $sorted[toUInt64(greatest(1, ceil(length($sorted) * $level - 1.959963984540054 * sqrt(length($sorted) * $level * (1 - $level)))))])

-- quantileHigh(sorted, level): the order statistic above it, at place ⌈np + z·√(np(1-p))⌉.
if(ceil(length($sorted) * $level + 1.959963984540054 * sqrt(length($sorted) * $level * (1 - $level))) > length($sorted), NULL, $sorted[toUInt64(greatest(1, least(toFloat64(length($sorted)), ceil(length($sorted) * $level + 1.959963984540054 * sqrt(length($sorted) * $level * (1 - $level))))))])

-- differenceLow(a, aLow, b, bHigh): a - b less what both intervals reach together: Newcombe's hybrid
--   (Statistics in Medicine 17, 1998, method 10), for means and scores MOVER (Zou & Donner, Statistics in
--   Medicine 27, 2008): d - √((a - aLow)² + (bHigh - b)²). An adjusted interval may end before its score.
$a - $b - sqrt(pow(greatest(0, $a - $aLow), 2) + pow(greatest(0, $bHigh - $b), 2))

-- differenceHigh(a, aHigh, b, bLow): the upper end: d + √((aHigh - a)² + (b - bLow)²).
$a - $b + sqrt(pow(greatest(0, $aHigh - $a), 2) + pow(greatest(0, $b - $bLow), 2))

-- rateLow(x, n): Byar's approximation of the exact Poisson interval of x cases (Breslow & Day, Statistical
--   Methods in Cancer Research II, 1987), for n of whatever they are counted by.
if($n = 0, NULL, if($x = 0, 0, $x / $n * pow(1 - 1 / (9 * $x) - 1.959963984540054 / (3 * sqrt($x)), 3)))

-- rateHigh(x, n): the upper end.
if($n = 0, NULL, ($x + 1) / $n * pow(1 - 1 / (9 * ($x + 1)) + 1.959963984540054 / (3 * sqrt($x + 1)), 3))

-- countDifferenceLow(a, b): a - b of two counts of equally long periods: MOVER (Zou & Donner, as above) of
--   their Poisson intervals.
$a - $b - sqrt(pow($a - {{rateLow($a, 1)}}, 2) + pow({{rateHigh($b, 1)}} - $b, 2))

-- countDifferenceHigh(a, b): the upper end.
$a - $b + sqrt(pow({{rateHigh($a, 1)}} - $a, 2) + pow($b - {{rateLow($b, 1)}}, 2))

-- touch(touches, moment, attribution): the first or the last of `parts/touches` up to a moment.
if($attribution = 'first', arrayFilter(t -> t.1 <= $moment, $touches)[1], arrayFilter(t -> t.1 <= $moment, $touches)[-1])

-- onScale(score, lowest, highest): whether a score is one of its own scale, of which both ends are known.
ifNull($lowest < $highest AND $score BETWEEN $lowest AND $highest, false)

-- scale(lowest, highest): a scale as text, such as 1-5.
concat(toString(ifNull($lowest, 0)), '-', toString(ifNull($highest, 0)))

-- goalResult(moments, moment): what became of somebody: `converted` with a moment of the event `goal` from
--   `goalDays` before to `goalDays` after; `all` where no goal is asked for.
multiIf({goal:String} = '', 'all', arrayExists(reached -> abs(dateDiff('millisecond', reached, $moment)) <= 86400000 * {goalDays:UInt16}, $moments), 'converted', 'not converted')

-- isLow(metric, score, lowest, highest, polarity): whether an answer is displeased: 0 to 6 of an NPS, else
--   the lower third of its scale, seen from its bad end (1 and 2 of 5, 1 to 3 of 7, the thumb down).
if($metric = 'nps', {{onScale($score, 0, 10)}} AND $score <= 6, {{onScale($score, $lowest, $highest)}} AND 3 * ifNull(if($polarity = -1, $highest - $score, $score - $lowest), 0) <= ifNull($highest - $lowest, 0))

-- isHigh(metric, score, lowest, highest, polarity): whether it is pleased: 9 and 10 of an NPS, the upper third
--   of a CES (5 to 7 of 7), else the two best scores of a scale of four and more, and the best of a smaller one.
if($metric = 'nps', {{onScale($score, 0, 10)}} AND $score >= 9, {{onScale($score, $lowest, $highest)}} AND ifNull(if($polarity = -1, $score - $lowest, $highest - $score) <= multiIf($metric = 'ces', ($highest - $lowest) / 3, $highest - $lowest >= 3, 1, 0), false))

-- highScores(metric, lowest, highest, polarity): which scores those are, as text such as 9-10.
multiIf($metric = 'nps', '9-10', $metric = 'ces' AND $polarity = -1, concat(toString(ifNull($lowest, 0)), '-', toString(floor(ifNull($lowest + ($highest - $lowest) / 3, 0)))), $metric = 'ces', concat(toString(ceil(ifNull($highest - ($highest - $lowest) / 3, 0))), '-', toString(ifNull($highest, 0))), $polarity = -1, concat(toString(ifNull($lowest, 0)), '-', toString(ifNull($lowest + ($highest - $lowest >= 3), 0))), concat(toString(ifNull($highest - ($highest - $lowest >= 3), 0)), '-', toString(ifNull($highest, 0))))

-- bucketStart(moment): the start of its hour, day, week (from Monday) or month, UTC, as {bucket:String} says.
multiIf({bucket:String} = 'hour', toDateTime64(toStartOfHour($moment), 3, 'UTC'), {bucket:String} = 'day', toDateTime64(toStartOfDay($moment), 3, 'UTC'), {bucket:String} = 'week', toDateTime64(toMonday($moment), 3, 'UTC'), toDateTime64(toStartOfMonth($moment), 3, 'UTC'))

-- bucketsBetween(first, second): how many of these lie between two starts.
multiIf({bucket:String} = 'hour', dateDiff('hour', $first, $second), {bucket:String} = 'day', dateDiff('day', $first, $second), {bucket:String} = 'week', intDiv(dateDiff('day', $first, $second), 7), dateDiff('month', $first, $second))

-- bucketAfter(first, n): the start of the n-th hour, day, week or month after the one that starts there.
multiIf({bucket:String} = 'hour', addHours($first, $n), {bucket:String} = 'day', addDays($first, $n), {bucket:String} = 'week', addWeeks($first, $n), addMonths($first, $n))

-- bounced(pages, name): whether a session has one page view, and no other event than those that tell of
--   time and of the page itself.
$pages = 1 AND countIf($name NOT IN ('page_view', 'visible_time', 'scroll_depth', 'web_vital')) = 0

-- visibleSeconds(id, name): a session's time in view. Copies of an event that are not merged yet have it again.
arraySum(arrayMap(e -> e.2, groupUniqArrayIf(($id, ifNull(toFloat64OrNull(toString(properties.seconds)), 0)), $name = 'visible_time')))
