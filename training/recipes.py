"""Small trainings side by side: `python -m training.recipes RUNS_FOLDER [name ...]`.

A learning curve over the claim data, and recipes that were weighed against each other on it. Each run starts from the
plain encoder, reads claims and events alone unless said (so that it takes minutes), and is scored on claims-dev in
float32 with simple decoding. What they gave stands in MODEL_CARD.md. A run that is done is not repeated.
"""

from __future__ import annotations

import argparse
import copy
import os
import tomllib
from pathlib import Path
from typing import Any

from bench import data, language_model
from training.export import export
from training.train import Config, train

STEPS = 200
CLAIMS = {"gold_documents": 1, "gold_sentences": 1, "own": 1}
SYNTAX = {"ud_ewt": 0.4, "gum": 0.4, "conllpp": 0.3, "polnear": 0.1}
# What each changes in the configuration.
RECIPES: dict[str, dict[str, Any]] = {
    "all": {},
    "an eighth": {"claim_share": 0.125},
    "a quarter": {"claim_share": 0.25},
    "a half": {"claim_share": 0.5},
    "without our own annotation": {"corpora": {"own": 0}},
    "lower three layers frozen": {"encoder": {"freeze_layers": 3}},
    "windows of a sentence or two": {"optimiser": {"shortest_window": 24, "longest_window": 64}},
    "claims weigh twice": {"weights": {"layers": 4.0}},
    "syntax, entities, attribution beside": {"corpora": SYNTAX},
    "twice the steps": {"optimiser": {"steps": 2 * STEPS, "decay_from": STEPS}},
}


def configured(base: Config, change: dict[str, Any]) -> Config:
    """The configuration of a small run: a copy of `base` with the run's own steps, corpora and change."""
    config = copy.deepcopy(base)
    config["corpora"] = dict(CLAIMS)
    config["optimiser"] |= {"steps": STEPS, "decay_from": STEPS // 2, "warmup": 40}
    for section, value in change.items():
        if isinstance(value, dict):
            config[section] |= value
        else:
            config[section] = value
    return config


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the runs go")
    parser.add_argument("names", nargs="*", default=list(RECIPES))
    options = parser.parse_args()
    base = tomllib.loads(Path(__file__).with_name("config.toml").read_text("utf-8"))
    root = Path(os.environ["COUNTERCLAIM_DATA"])
    for name in options.names:
        run = options.folder / name.replace(",", "").replace(" ", "-")
        model = run / "model-fp32.onnx"
        if not model.exists():
            train(run, configured(base, RECIPES[name]), root)
            export(run, model, False, base.get("decoding", {}))
            (run / "checkpoint.pt").unlink()
        session = language_model.ModelAnalyser(str(model)).session
        figures = language_model.claims(session, data.root() / language_model.PATHS["claims"])
        shown = ("core_detect_p", "core_detect_r", "core_detect_f1", "core_count_f1", "core_full_f1")
        print("RESULT", name, *(f"{key} {figures[key]:.1f}" for key in shown), flush=True)


if __name__ == "__main__":
    main()
