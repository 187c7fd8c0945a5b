sumMapIf(
    [(arraySort(arrayFilter(g -> {{isGoal}}, carried))[1] AS goal).4],
    [toUInt64(1)],
    [goal.3],
    [goal.3 * goal.3],
    length(moments) = {{steps}} AND moments[{{steps}}] != 0 AND goal.1 != 0{{isOwn}}) AS sums,
