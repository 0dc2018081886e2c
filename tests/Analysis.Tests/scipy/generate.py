"""Writes expected.json beside it: what SciPy, NumPy and mpmath say of the statistics in src/Analysis/Statistics.

Run with: python3 generate.py    (written with SciPy 1.10.1, NumPy 1.24.2, mpmath 1.2.1)
"""

import json
import math
import pathlib

import mpmath
import numpy as np
import scipy
from scipy import stats

mpmath.mp.dps = 40
rng = np.random.default_rng(20200130)


def quantile(probability, df):
    """SciPy's quantile after two Newton steps by mpmath: SciPy 1.10's own is good to 1e-8 only, not to 1e-10."""
    t = stats.t.ppf(probability, df)
    n, exact = mpmath.mpf(df), mpmath.mpf(t)
    for _ in range(2):
        tail = mpmath.betainc(n / 2, mpmath.mpf(1) / 2, 0, n / (n + exact**2), regularized=True) / 2
        density = (mpmath.gamma((n + 1) / 2) / mpmath.gamma(n / 2) / mpmath.sqrt(n * mpmath.pi)
                   * (1 + exact**2 / n) ** (-(n + 1) / 2))
        reached = tail if t < 0 else 1 - tail
        exact -= (reached - mpmath.mpf(probability)) / density
    assert abs(exact / t - 1) < 1e-8, (probability, df)
    return float(exact)


def welch(first, second):
    """SciPy gives the statistic and p; degrees of freedom and interval follow its formulas, by quantile above."""
    test = stats.ttest_ind(first, second, equal_var=False)
    a = np.var(first, ddof=1) / len(first)
    b = np.var(second, ddof=1) / len(second)
    df = (a + b) ** 2 / (a**2 / (len(first) - 1) + b**2 / (len(second) - 1))
    difference = np.mean(first) - np.mean(second)
    half = quantile(0.975, df) * math.sqrt(a + b)
    assert math.isclose(test.pvalue, 2 * stats.t.sf(abs(test.statistic), df), rel_tol=1e-11)
    return {"statistic": test.statistic, "df": df, "p": test.pvalue, "lower": difference - half,
            "upper": difference + half}


def paired(first, second):
    test = stats.ttest_rel(first, second)
    lower, upper = mean_interval(first - second)
    return {"statistic": test.statistic, "df": int(test.df), "p": test.pvalue, "lower": lower, "upper": upper}


def mean_interval(values):
    half = quantile(0.975, len(values) - 1) * stats.sem(values)
    lower, upper = np.mean(values) - half, np.mean(values) + half
    scipys = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert np.allclose([lower, upper], scipys, rtol=0, atol=1e-8 * half)
    return [lower, upper]


def hedges_g(first, second):
    n1, n2 = len(first), len(second)
    m = n1 + n2 - 2
    pooled = math.sqrt(((n1 - 1) * np.var(first, ddof=1) + (n2 - 1) * np.var(second, ddof=1)) / m)
    half = mpmath.mpf(m) / 2
    correction = mpmath.gamma(half) / (mpmath.sqrt(half) * mpmath.gamma(half - mpmath.mpf(1) / 2))
    return float(correction * (np.mean(first) - np.mean(second)) / pooled)


def groups():
    """Pairs of groups: every size, equal and unequal sizes and variances, ties, differences from nil to enormous."""
    for n in range(2, 51):
        kind = n % 4
        scale, shift, decimals = [(0.02, 0.0, 4), (0.3, 0.05, 4), (0.01, 0.5, 4), (0.05, 0.02, 1)][kind]
        yield np.round(rng.normal(0.2, 0.02, n), 4), np.round(rng.normal(0.2 - shift, scale, n), decimals)
        other = int(rng.integers(2, 51))
        if n % 3 == 0 and other != n:
            yield np.round(rng.normal(0.1, 0.05, n), 4), np.round(rng.normal(0.12, 0.005, other), 4)
    yield np.array([0.25, 0.25, 0.25]), np.array([0.1, 0.2, 0.3])
    yield np.array([1e-9, 2e-9, 4e-9]), np.array([3e-9, 9e-9, 1e-9])
    yield np.array([1000000.25, 1000000.5, 1000000.75]), np.array([1000000.5, 1000000.625, 1000001.0])
    yield np.round(rng.normal(0.9, 0.001, 50), 5), np.round(rng.normal(-0.9, 0.001, 50), 5)
    yield np.array([0.1, 0.1, 0.2, 0.2]), np.array([0.2, 0.3, 0.1, 0.1])


def test_case(first, second):
    case = {"first": first.tolist(), "second": second.tolist(), "welch": welch(first, second),
            "hedgesG": hedges_g(first, second), "paired": None, "cohensDz": None}
    if len(first) == len(second):
        difference = first - second
        case["paired"] = paired(first, second)
        case["cohensDz"] = np.mean(difference) / np.std(difference, ddof=1)
    return case


def two_sided(t, df):
    """SciPy's value, which must agree with mpmath's 40 digits."""
    ours = 2 * stats.t.sf(t, df)
    n, x = mpmath.mpf(df), mpmath.mpf(t)
    exact = mpmath.betainc(n / 2, mpmath.mpf(1) / 2, 0, n / (n + x * x), regularized=True)
    assert abs(ours / exact - 1) < 1e-12, (t, df)
    return float(exact)


def tail_case(t, df):
    return {"t": t, "df": df, "p": two_sided(t, df)}


def quantile_case(probability, df):
    return {"probability": probability, "df": df, "t": quantile(probability, df)}


def holm(p_values):
    """Holm's definition read literally: the largest multiple of any p not above one's own."""
    m = len(p_values)
    ranked = sorted(p_values)
    return [min(1.0, max((m - j) * q for j, q in enumerate(ranked) if q <= p)) for p in p_values]


def distribution_case(values):
    deviation = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    case = {"values": values.tolist(), "mean": float(np.mean(values)), "standardDeviation": deviation,
            "quantiles": np.quantile(values, [0, 0.25, 0.5, 0.75, 1]).tolist(), "interval": None}
    if len(values) > 1:
        case["interval"] = mean_interval(values)
    return case


expected = {
    "scipy": scipy.__version__,
    "tests": [test_case(a, b) for a, b in groups()],
    "tails": [tail_case(t, df)
              for df in [1, 1.37, 2, 3.3, 5, 9, 19.5, 49, 98, 499.5, 5000]
              for t in [0.0001, 0.1, 0.5, 0.99, 1.01, 2, 5, 20, 1e2, 1e4, 1e15]
              if stats.t.sf(t, df) > 1e-300],
    "quantiles": [quantile_case(probability, df)
                  for df in [1, 1.37, 2, 3.3, 9, 49, 98, 499.5]
                  for probability in [1e-12, 1e-6, 0.005, 0.025, 0.2, 0.4999, 0.51, 0.75, 0.95, 0.975, 0.995, 0.99999]],
    "holm": [{"p": p, "adjusted": holm(p)} for p in [
        [0.01, 0.04, 0.03, 0.005], [0.5, 0.9, 0.7], [0.02, 0.02, 0.02], [1e-12, 1.0, 0.049, 0.051, 1e-3, 0.0], [0.3]]],
    "distributions": [distribution_case(np.round(rng.gamma(2, 0.7, n), 4)) for n in [1, 2, 3, 4, 5, 10, 33, 50]]
                     + [distribution_case(np.array([0.5, 0.5, 0.5, 0.75]))],
}

target = pathlib.Path(__file__).with_name("expected.json")
rows = lambda name: ",\n".join("    " + json.dumps(row) for row in expected[name])
sections = ",\n".join(f'  "{name}": [\n{rows(name)}\n  ]' for name in expected if name != "scipy")
target.write_text(f'{{\n  "scipy": "{scipy.__version__}",\n{sections}\n}}\n')
