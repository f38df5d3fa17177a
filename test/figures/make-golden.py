"""Writes golden.json: random ratings and the figures that other people's libraries give for them.

Run it in an environment with krippendorff 0.9.0, scikit-learn 1.9.1, statsmodels 0.15.0, irrCAC 0.4.4, numpy, scipy, pandas:
    python test/figures/make-golden.py
"""

import json
import math
import random
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from scipy.stats import binom
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = random.Random(20241028)
packages = ["krippendorff", "scikit-learn", "statsmodels", "irrCAC", "numpy", "scipy", "pandas"]


def number(value):
    return None if value is None or not math.isfinite(value) else float(value)


def ratings():
    """Items × raters: a shared truth with noise, missing values, sometimes unused categories or a constant rater."""
    raters = rng.choice([2, 2, 2, 3, 5])
    q = rng.choice([2, 3, 5, 7])
    items = rng.choice([6, 20, 60, 200])
    used = rng.sample(range(q), rng.randint(2, q)) if rng.random() < 0.4 else list(range(q))
    noise = rng.choice([0.05, 0.3, 0.8])
    missing = rng.choice([0, 0, 0.1, 0.4])
    constant = rng.randrange(raters) if rng.random() < 0.2 else None
    rows = []
    for _ in range(items):
        truth = rng.choice(used)
        row = [rng.choice(used) if rng.random() < noise else truth for _ in range(raters)]
        if constant is not None:
            row[constant] = used[0]
        rows.append([None if rng.random() < missing else value for value in row])
    return q, rows


def alpha(rows, q, metric):
    data = np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=float).T
    try:
        return number(krippendorff.alpha(reliability_data=data, value_domain=list(range(q)), level_of_measurement=metric))
    except (ValueError, AssertionError):
        return None


def pair(rows, q):
    both = [(row[0], row[1]) for row in rows if row[0] is not None and row[1] is not None]
    if len(both) < 2:
        return None  # irrCAC divides by n - 1
    first, second = (list(side) for side in zip(*both))
    if len(set(first)) == 1 and len(set(second)) == 1:
        kappas = [None, None]  # MEASURES: undefined
    else:
        kappas = [number(cohen_kappa_score(first, second, labels=list(range(q)), weights=weights)) for weights in (None, "quadratic")]
    frame = pd.DataFrame({"a": first, "b": second}).astype(str)
    if len(set(first) | set(second)) == 1:
        gwet = [1.0, 1.0]  # MEASURES: constant; irrCAC divides by zero there
    else:
        gwet = []
        for weights in ("identity", "quadratic"):
            cac = CAC(frame, weights=weights, categories=[str(code) for code in range(q)], digits=15)
            gwet.append(number(cac.gwet()["est"]["coefficient_value"]))
    return {
        "paired": len(both),
        "kappa": kappas[0],
        "kappa_quadratic": kappas[1],
        "ac1": gwet[0],
        "ac2_quadratic": gwet[1],
    }


tables = []
for _ in range(120):
    q, rows = ratings()
    tables.append({
        "q": q,
        "rows": rows,
        "pair": pair(rows, q),
        "alpha": {metric: alpha(rows, q, metric) for metric in ("nominal", "ordinal", "interval")},
    })

numbers = []
for _ in range(15):
    raters, items = rng.choice([2, 4]), rng.choice([5, 40])
    rows = [[None if rng.random() < 0.15 else round(rng.gauss(truth, 1), 2) for _ in range(raters)] for truth in range(items)]
    data = np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=float).T
    numbers.append({"rows": rows, "alpha": number(krippendorff.alpha(reliability_data=data, level_of_measurement="interval"))})

mcnemars = []
for b, c in [(0, 0), (1, 0), (5, 5), (3, 9), (40, 61), (0, 30), (121, 59), (480, 520), (9_000, 9_300), (60_000, 60_900)]:
    mcnemars.append({"b": b, "c": c, "p": number(mcnemar([[0, b], [c, 0]], exact=True).pvalue)})

wilsons = []
for k, n in [(0, 1), (1, 1), (0, 30), (8, 30), (17, 20), (5, 5), (999, 1000), (131_072, 200_000)]:
    low, high = proportion_confint(k, n, method="wilson")
    wilsons.append({"k": k, "n": n, "low": float(low), "high": float(high)})

holms = []
for size in (1, 3, 10):
    p = [rng.random() ** 3 for _ in range(size)]
    holms.append({"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()})

quantiles = []
for size in (1, 2, 7, 2000):
    values = [rng.gauss(0, 1) for _ in range(size)]
    quantiles.append({"values": values[:7] if size == 2000 else values, "low": None, "high": None})
    kept = quantiles[-1]["values"]
    quantiles[-1]["low"], quantiles[-1]["high"] = (float(np.quantile(kept, share)) for share in (0.025, 0.975))

binomials = []
for n, p in [(7, 0.3), (30, 0.5), (400, 0.02), (400, 0.7), (200_000, 0.0004)]:
    low = int(binom.ppf(1e-4, n, p))
    high = int(binom.ppf(1 - 1e-4, n, p))
    binomials.append({"n": n, "p": p, "from": low, "chances": [float(binom.pmf(k, n, p)) for k in range(low, high + 1)]})

golden = {
    "about": "Figures that other libraries give for random ratings; written by make-golden.py, never by hand.",
    "versions": {name: version(name) for name in packages},
    "tables": tables,
    "numbers": numbers,
    "mcnemar": mcnemars,
    "wilson": wilsons,
    "holm": holms,
    "quantiles": quantiles,
    "binomial": binomials,
}
path = Path(__file__).with_name("golden.json")


def lines(value):
    """One table a line: a diff shows which one changed."""
    parts = []
    for key, entry in value.items():
        if isinstance(entry, list):
            body = ",\n".join("    " + json.dumps(item, separators=(", ", ": ")) for item in entry)
            parts.append(f'  "{key}": [\n{body}\n  ]')
        else:
            parts.append(f'  "{key}": {json.dumps(entry)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


path.write_text(lines(golden))
print(f"{path}: {len(tables)} tables")
