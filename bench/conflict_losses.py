"""The pooled rule: against a full posterior, on simulated truth, on a war's claims: `python -m bench.conflict_losses`.

*Against a full posterior*: the same model sampled by NUTS (numpyro, `pip install 'counterclaim[bench]'`).
*Simulated*: incidents drawn from the model's own assumptions, told exactly, as bounds, ranges and vague words.
*Biases*: claims of military deaths in the war in Ukraine (Radford and others 2023), a fortnight an item; every source's
bias is learned by expectation-maximisation around the rule's own posterior, shrunk to none as in the paper's prior.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench import data
from counterclaim.estimating.pooling import AT_LEAST, BIAS, NOISE, PRIOR, Figure, Relation, ends, posterior

RELATIONS: tuple[Relation, ...] = ("own", "enemy", "third")
INCIDENTS = 600
SAMPLED = 60
"""Incidents that are sampled too: one run of NUTS over all of them takes about a minute."""
PAPER = {"RU_on_RU": 0.3, "RU_on_UA": 4.3, "UA_on_RU": 1.9, "UA_on_UA": 1.0}
"""How many times the truth each side tells of military deaths, by the paper: 0.3, 4.3, almost 2, no bias found."""


def simulated(number: int, seed: int) -> list[tuple[float, list[Figure]]]:
    """True numbers and what one to four sources tell of them, under the model's assumptions."""
    random = np.random.default_rng(seed)
    made: list[tuple[float, list[Figure]]] = []
    while len(made) < number:
        theta = float(random.normal(*PRIOR))
        if theta < 0:
            continue
        figures = []
        for voice in range(int(random.integers(1, 5))):
            relation = RELATIONS[int(random.integers(3))]
            held = math.expm1(max(0.0, float(random.normal(theta + random.normal(*BIAS[relation]), NOISE))))
            figures.append(_told(held, f"v{voice}", relation, random))
        made.append((math.expm1(theta), figures))
    return made


def _told(held: float, voice: str, relation: Relation, random: np.random.Generator) -> Figure:
    """How a source that holds a number to be so tells it."""
    form = random.choice(["exact", "exact", "exact", "at least", "range", "up to"])
    if form == "at least":
        return Figure(held / float(random.uniform(1, AT_LEAST)), None, voice, relation)
    if form == "up to":
        return Figure(None, held * float(random.uniform(1, AT_LEAST)), voice, relation)
    if form == "range":
        return Figure(held * 0.85, held * 1.15, voice, relation)
    return Figure(held, held, voice, relation)


def coverage() -> dict[str, float]:
    """Share of simulated truths inside the 90 % interval, and how far the median is off."""
    inside, off = [], []
    for truth, figures in simulated(INCIDENTS, seed=1):
        found = posterior(figures)
        inside.append(found.low <= truth <= found.high)
        off.append(abs(math.log1p(found.best) - math.log1p(truth)))
    return {"simulated.coverage_90": float(np.mean(inside)), "simulated.median_log_error": float(np.median(off))}


def sampled(incidents: Sequence[tuple[float, list[Figure]]]) -> Any:
    """Quantiles 5, 50 and 95 % of each truth, in persons, by NUTS over all incidents at once: (incidents, 3)."""
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.infer import MCMC, NUTS

    flat = [(at, figure) for at, (_, figures) in enumerate(incidents) for figure in figures]
    of = np.array([at for at, _ in flat])
    low, high = (np.array([ends(figure)[side] for _, figure in flat]) for side in (0, 1))
    mean, spread = (np.array([BIAS[figure.relation][part] for _, figure in flat]) for part in (0, 1))
    exact = low == high

    def model() -> None:
        theta = numpyro.sample("theta", dist.TruncatedNormal(PRIOR[0], PRIOR[1], low=0.0).expand([len(incidents)]))
        bias = numpyro.sample("bias", dist.Normal(0.0, 1.0).expand([len(flat)]))
        centre = theta[of] + mean + spread * bias
        point = dist.Normal(centre, NOISE).log_prob(low)
        first, second = (low - centre) / NOISE, (high - centre) / NOISE
        flip = first > 0
        below, above = jnp.where(flip, -second, first), jnp.where(flip, -first, second)
        log_above, log_below = jax.scipy.special.log_ndtr(above), jax.scipy.special.log_ndtr(below)
        between = log_above + jnp.log1p(-jnp.exp(jnp.minimum(log_below - log_above, -1e-6)))
        numpyro.factor("told", jnp.where(exact, point, between).sum())

    chain = MCMC(NUTS(model), num_warmup=800, num_samples=6000, progress_bar=False)
    chain.run(jax.random.PRNGKey(3))
    theta = np.asarray(chain.get_samples()["theta"])
    return np.expm1(np.quantile(theta, (0.05, 0.5, 0.95), axis=0)).T


def against_full_posterior() -> dict[str, float]:
    """How far the rule's median and ends are from NUTS', as a share of the latter (of one person, where below one)."""
    incidents = simulated(SAMPLED, seed=2)
    full = sampled(incidents)
    fast = np.array([[found.low, found.best, found.high] for found in (posterior(figures) for _, figures in incidents)])
    off = np.abs(fast - full) / np.maximum(full, 1.0)
    return {
        "posterior.best_off_mean": float(off[:, 1].mean()),
        "posterior.best_off_most": float(off[:, 1].max()),
        "posterior.ends_off_mean": float(off[:, (0, 2)].mean()),
    }


def items() -> list[list[Figure]]:
    """Cumulative claims of military deaths, by country and fortnight; a voice is a source about a country."""
    path = data.root() / "corpora" / "conflict-losses" / "replication-data-pnas.csv"
    found: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["category"] != "Military Deaths" or row["time_frame"] != "Cumulative":
                continue
            count = float(row["loss_count"])
            source = {"RU Source": "RU", "UA Source": "UA"}.get(row["claim_source"], row["claim_source"])
            country = {"Russia": "RU", "Ukraine": "UA"}[row["loss_country"]]
            voice = f"{source}_on_{country}"
            bounds = (None if row["maximum"] == "1" else count, None if row["minimum"] == "1" else count)
            found[country, int(row["days"]) // 14].append(Figure(*bounds, voice, voice))  # type: ignore[arg-type]
    return [figures for figures in found.values() if len({figure.voice for figure in figures}) > 1]


def learned(told: Sequence[Sequence[Figure]], rounds: int = 25) -> Mapping[str, tuple[float, float]]:
    """Mean and spread of each voice's log bias, the mean under a standard normal prior."""
    voices = sorted({figure.voice for figures in told for figure in figures})
    bias = dict.fromkeys(voices, (0.0, 0.7))
    for _ in range(rounds):
        seen: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for figures in told:
            found = posterior(figures, prior=(9.5, 2.5), bias=bias, noise=2 * NOISE)  # type: ignore[arg-type]
            for voice, each in found.biases.items():
                seen[voice].append((math.log(each.times), math.log(each.high / each.low) / 3.29))
        for voice, each_of in seen.items():
            spread = bias[voice][1]
            mean = sum(mean for mean, _ in each_of) / (len(each_of) + spread**2)
            variance = float(np.mean([(at - mean) ** 2 + each**2 for at, each in each_of]))
            bias[voice] = (mean, min(1.5, math.sqrt(variance)))
    return bias


def biases() -> dict[str, float]:
    """Each side's bias, as times the truth, beside the paper's."""
    bias = learned(items())
    ours = {f"bias.{voice}": math.exp(bias[voice][0]) for voice in PAPER}
    return ours | {f"bias.{voice}.paper": times for voice, times in PAPER.items()}


def measure() -> dict[str, float]:
    """All three; the comparison with NUTS only where numpyro is installed."""
    found = coverage() | biases()
    try:
        import numpyro  # noqa: F401
    except ImportError:
        return found
    return found | against_full_posterior()


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    for name, value in measure().items():
        print(f"{name:30} {value:.3f}")


if __name__ == "__main__":
    main()
