"""Quadratic kappa of every pair of runs with a percentile bootstrap over items, by scikit-learn and numpy.

Arguments: the folder with run-<n>.codes (int8, -1 where there is no usable verdict), runs, length of the scale,
resamples, and how: "items" draws items by index and counts each pair's table anew; "counts" draws each pair's table from
a multinomial. The last line of standard output is what it took.
"""

import json
import resource
import sys
import time
from itertools import combinations

import numpy as np
import sklearn
from sklearn.metrics import cohen_kappa_score

folder, runs, q, resamples, how = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
codes = [np.fromfile(f"{folder}/run-{run}.codes", dtype=np.int8).astype(np.int64) for run in range(runs)]
weights = (np.arange(q)[:, None] - np.arange(q)[None, :]) ** 2
rng = np.random.default_rng(20241028)


def kappas(tables):
    """Kappa of many tables at once: resamples × q × q."""
    rows, columns, n = tables.sum(axis=2), tables.sum(axis=1), tables.sum(axis=(1, 2))
    expected = np.einsum("bi,bj,ij->b", rows, columns, weights) / n
    return 1 - np.einsum("bij,ij->b", tables, weights) / expected


begin = time.perf_counter()
pairs = list(combinations(range(runs), 2))
points = {}
joined = {}
for a, b in pairs:
    both = (codes[a] >= 0) & (codes[b] >= 0)
    points[a, b] = cohen_kappa_score(codes[a][both], codes[b][both], labels=list(range(q)), weights="quadratic")
    joined[a, b] = np.where(both, codes[a] * q + codes[b], q * q)
items = len(codes[0])
if how == "items":
    tables = {pair: np.empty((resamples, q, q)) for pair in pairs}
    for resample in range(resamples):
        drawn = rng.integers(0, items, items)
        for pair in pairs:
            counted = np.bincount(joined[pair][drawn], minlength=q * q + 1)
            tables[pair][resample] = counted[: q * q].reshape(q, q)
else:
    tables = {}
    for pair in pairs:
        counted = np.bincount(joined[pair], minlength=q * q + 1)
        drawn = rng.multinomial(items, counted / items, size=resamples)
        tables[pair] = drawn[:, : q * q].reshape(resamples, q, q).astype(float)
intervals = {pair: np.quantile(kappas(tables[pair]), [0.025, 0.975]) for pair in pairs}
seconds = time.perf_counter() - begin
low, high = intervals[0, 1]
print(
    json.dumps(
        {
            "seconds": seconds,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
            "kappa": float(points[0, 1]),
            "low": float(low),
            "high": float(high),
            "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
        }
    )
)
