"""The losses of all heads, each a mean over the units its corpora annotate."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from training import heads
from training.examples import Batch
from training.network import FAR, Network, sentence_mask


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """One loss a head that has at least one label in this batch."""
    out = network(batch)
    found: dict[str, Tensor] = {}

    def entropy(name: str, logits: Tensor, labels: Tensor) -> None:
        if bool((labels != heads.IGNORE).any()):
            found[name] = F.cross_entropy(logits.float().flatten(0, -2), labels.flatten(), ignore_index=heads.IGNORE)

    for name in ("segment", "upos", "features", "lemma", "ner", "attr"):
        entropy(name, out[name], batch[name])
    rows = (batch["head"] != heads.IGNORE).any(1).nonzero().flatten()
    if len(rows):
        states = out["syntax"][rows]
        arcs = network.arcs(states)[:, 0].float()
        arcs = arcs.masked_fill(~sentence_mask(batch["segment"][rows]), FAR)
        entropy("head", arcs, batch["head"][rows])
        chosen = batch["head"][rows].clamp(min=0)
        entropy("relation", network.relation_logits(states, chosen), batch["relation"][rows])
    labels = batch["layers"].transpose(1, 2)
    known = labels != heads.IGNORE
    if bool(known.any()):
        each = F.cross_entropy(
            out["layers"].float().flatten(0, 2), labels.flatten(), ignore_index=heads.IGNORE, reduction="none"
        ).view(labels.shape)
        counts = known.sum((0, 1))
        found["layers"] = (each.sum((0, 1)) / counts.clamp(min=1)).sum()
    start = 0
    for number, (name, values) in enumerate(heads.CLASSES.items()):
        entropy(name, out["classes"][:, :, start : start + len(values)], batch["classes"][:, number])
        start += len(values)
    if len(batch["link_rows"]):
        targets = batch["link_targets"]
        row, channel, anchor = batch["link_rows"].unbind(1)
        logits = torch.zeros(targets.shape, device=targets.device)
        for pairs, group, below in (
            (network.attribution_links, "attribution", 0),
            (network.conflict_links, "conflict", 2),
        ):
            mine = ((channel >= below) & (channel < below + pairs.channels)).nonzero().flatten()
            if len(mine):
                scores = pairs.some(out[group], row[mine], channel[mine] - below, anchor[mine])
                logits = logits.index_put((mine,), scores.float())
        real = (targets >= 0).float()
        each = F.binary_cross_entropy_with_logits(logits, targets.clamp(min=0).float(), reduction="none") * real
        found["links"] = each.sum(1).mean()
    return found


def total(found: dict[str, Tensor], weights: dict[str, float]) -> Tensor:
    """The weighted sum; a head not named weighs 1."""
    return torch.stack([value * weights.get(name, 1.0) for name, value in found.items()]).sum()
