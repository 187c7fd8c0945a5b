CAST(
    if(step = {{steps}}, arrayMap(
        (currency, count, sum, squares) -> (
            currency,
            count,
            sum,
            sum / count,
            if(count < 2, NULL, sum / count - 1.959963984540054 * sqrt(greatest(0, squares - sum * sum / count) / (count - 1) / count)),
            if(count < 2, NULL, sum / count + 1.959963984540054 * sqrt(greatest(0, squares - sum * sum / count) / (count - 1) / count))),
        sums.1, sums.2, sums.3, sums.4), []),
    'Array(Tuple(currency String, people UInt64, sum Float64, mean Float64, low Nullable(Float64), high Nullable(Float64)))') AS goals
