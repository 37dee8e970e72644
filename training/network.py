"""The network: MiniLM with casing and gap embeddings, and a small head for every layer, in one pass."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from counterclaim.language.model_units import GAPS, SHAPES
from training import heads
from training.examples import Batch, Vocabularies

GROUPS = ("syntax", "names", "attribution", "conflict")
FAR = -1e4
# The heads read a learned mean of the states after the last so many layers.
MIXED = 4


def row_dropout(states: Tensor, share: float, training: bool) -> Tensor:
    """Dropout with one mask a row, the same at every position: a fraction of the cost of a full one on a CPU."""
    if not training or not share:
        return states
    mask = torch.empty(states.shape[0], 1, states.shape[-1], dtype=states.dtype, device=states.device)
    return states * mask.bernoulli_(1 - share).div_(1 - share)


class Layer(nn.Module):
    """One BERT layer."""

    def __init__(self, width: int, inner: int, count: int, dropout: float) -> None:
        super().__init__()
        self.count = count
        self.dropout = dropout
        self.queries = nn.Linear(width, 3 * width)
        self.joined = nn.Linear(width, width)
        self.first_norm = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.second_norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        rows, length, width = states.shape
        parts = self.queries(states).view(rows, length, 3, self.count, width // self.count).permute(2, 0, 3, 1, 4)
        scores = (parts[0] * (width // self.count) ** -0.5) @ parts[1].transpose(2, 3)
        if mask is not None:
            scores = scores + mask
        heard = torch.softmax(scores, -1, dtype=scores.dtype) @ parts[2]
        heard = self.joined(heard.transpose(1, 2).reshape(rows, length, width))
        states = self.first_norm(states + row_dropout(heard, self.dropout, self.training))
        inner = self.down(F.gelu(self.up(states)))
        return cast(Tensor, self.second_norm(states + row_dropout(inner, self.dropout, self.training)))


class Encoder(nn.Module):
    """MiniLM-L6-H384-uncased; returns the states after every layer, the embedding first."""

    def __init__(self, width: int = 384, inner: int = 1536, count: int = 12, layers: int = 6, dropout: float = 0.1):
        super().__init__()
        self.words = nn.Embedding(30522, width)
        self.positions = nn.Embedding(512, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shapes = nn.Embedding(len(SHAPES), width)
        self.gaps = nn.Embedding(len(GAPS), width)
        nn.init.normal_(self.shapes.weight, std=1e-3)
        nn.init.normal_(self.gaps.weight, std=1e-3)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, count, dropout) for _ in range(layers))
        self.dropout = dropout

    def embed(self, ids: Tensor) -> Tensor:
        return cast(Tensor, self.words(ids))

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, real: Tensor | None) -> list[Tensor]:
        length = ids.shape[1]
        places = self.positions.weight[:length]
        states = self.embed(ids) + places + self.kind + self.shapes(shapes) + self.gaps(gaps)
        states = row_dropout(self.norm(states), self.dropout, self.training)
        mask = None
        if real is not None:
            mask = torch.zeros(real.shape, dtype=states.dtype, device=states.device).masked_fill(~real, FAR)[
                :, None, None, :
            ]
            if torch.is_autocast_enabled(states.device.type):
                mask = mask.to(torch.get_autocast_dtype(states.device.type))
        found = [states]
        for layer in self.layers:
            states = layer(states, mask)
            found.append(states)
        return found

    def load_minilm(self, path: Path) -> None:
        """Copy the weights of a transformers checkpoint of BERT shape."""
        from safetensors.torch import load_file

        given = load_file(path)
        own = {
            "words.weight": given["embeddings.word_embeddings.weight"],
            "positions.weight": given["embeddings.position_embeddings.weight"],
            "kind": given["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
            "shapes.weight": self.shapes.weight.data,
            "gaps.weight": self.gaps.weight.data,
        }
        for number in range(len(self.layers)):
            old, new = f"encoder.layer.{number}.", f"layers.{number}."
            for part in ("weight", "bias"):
                own[new + f"queries.{part}"] = torch.cat(
                    [given[old + f"attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                )
                own[new + f"joined.{part}"] = given[old + f"attention.output.dense.{part}"]
                own[new + f"first_norm.{part}"] = given[old + f"attention.output.LayerNorm.{part}"]
                own[new + f"up.{part}"] = given[old + f"intermediate.dense.{part}"]
                own[new + f"down.{part}"] = given[old + f"output.dense.{part}"]
                own[new + f"second_norm.{part}"] = given[old + f"output.LayerNorm.{part}"]
        self.load_state_dict(own)


class Pairs(nn.Module):
    """Biaffine scores of (dependent, head) pairs on several channels: `[rows, channels, units, units]`."""

    def __init__(self, width: int, size: int, channels: int) -> None:
        super().__init__()
        self.size, self.channels = size, channels
        self.dependents = nn.Linear(width, channels * size)
        self.heads = nn.Linear(width, channels * size)
        self.bias = nn.Linear(width, channels)

    def forward(self, states: Tensor) -> Tensor:
        rows, count, _ = states.shape

        def split(values: Tensor) -> Tensor:
            return values.view(rows, count, self.channels, self.size).transpose(1, 2)

        left = F.gelu(split(self.dependents(states)))
        right = split(self.heads(states))
        return left @ right.transpose(2, 3) / self.size**0.5 + self.bias(states).transpose(1, 2)[:, :, None, :]

    def some(self, states: Tensor, row: Tensor, channel: Tensor, anchor: Tensor) -> Tensor:
        """The scores `[picks, units]` of a few (row, channel, anchor) alone."""
        left = F.gelu(self.dependents(states[row, anchor])).view(len(row), self.channels, self.size)
        left = left[torch.arange(len(row)), channel]
        right = self.heads(states).view(*states.shape[:2], self.channels, self.size)[row, :, channel]
        bias = self.bias(states)[row, :, channel]
        return (right @ left[:, :, None]).squeeze(-1) / self.size**0.5 + bias


class Network(nn.Module):
    """All heads over one encoder. `forward` gives logits by name; units are read at their first and last pieces."""

    def __init__(self, vocabularies: Vocabularies, dropout: float = 0.15) -> None:
        super().__init__()
        width = 384
        self.encoder = Encoder()
        self.dropout = dropout
        self.mixes = nn.Parameter(torch.zeros(len(GROUPS), MIXED))
        with torch.no_grad():
            self.mixes[:, -1] = 2.0
        self.shapes = nn.Embedding(len(SHAPES), width)
        nn.init.normal_(self.shapes.weight, std=1e-2)
        self.groups = nn.ModuleDict({name: nn.Linear(2 * width, width) for name in GROUPS})
        sizes = {
            "syntax": {
                "segment": len(heads.SEGMENT),
                "upos": len(heads.UPOS),
                "features": len(vocabularies.features),
                "lemma": len(vocabularies.lemmas),
            },
            "names": {"ner": len(heads.NER)},
            "attribution": {"attr": len(heads.ATTRIBUTION)},
            "conflict": {"layers": 3 * len(heads.LAYERS), "classes": sum(map(len, heads.CLASSES.values()))},
        }
        self.flat = nn.ModuleDict(
            {name: nn.Linear(width, size) for group in sizes.values() for name, size in group.items()}
        )
        self.of_group = {group: tuple(names) for group, names in sizes.items()}
        self.arcs = Pairs(width, 256, 1)
        relations = len(vocabularies.relations)
        self.relation_left = nn.Linear(width, 96)
        self.relation_right = nn.Linear(width, 96)
        self.relation_pair = nn.Linear(96, 96 * relations, bias=False)
        self.relation_sum = nn.Linear(2 * 96, relations)
        self.attribution_links = Pairs(width, 48, 2)
        self.conflict_links = Pairs(width, 48, len(heads.CHANNELS) - 2)

    def unit_states(self, batch: Batch) -> dict[str, Tensor]:
        last_states = self.encoder(batch["ids"], batch["shapes"], batch["gaps"], batch.get("real"))[-MIXED:]
        width = last_states[0].shape[-1]
        pick = batch["first"][:, :, None].expand(-1, -1, width)
        pick_last = batch["last"][:, :, None].expand(-1, -1, width)
        firsts = torch.stack([states.gather(1, pick) for states in last_states])
        lasts = torch.stack([states.gather(1, pick_last) for states in last_states])
        unit_shapes = self.shapes(batch["shapes"].gather(1, batch["first"]))
        shares = torch.softmax(self.mixes, 1)
        first = (shares @ firsts.flatten(1)).view(len(GROUPS), *firsts.shape[1:]) + unit_shapes
        last = (shares @ lasts.flatten(1)).view(len(GROUPS), *lasts.shape[1:])
        found = {}
        for number, name in enumerate(GROUPS):
            states = F.gelu(self.groups[name](torch.cat([first[number], last[number]], -1)))
            found[name] = row_dropout(states, self.dropout, self.training)
        return found

    def relation_logits(self, states: Tensor, chosen: Tensor) -> Tensor:
        """Relation logits `[rows, units, relations]`, each unit with the head at index `chosen`."""
        left = F.gelu(self.relation_left(states))
        right = F.gelu(self.relation_right(states))
        right = right.gather(1, chosen[:, :, None].expand(-1, -1, right.shape[-1]))
        rows, count, size = left.shape
        pairs = self.relation_pair(right).view(rows, count, -1, size)
        scores = (pairs @ left[:, :, :, None]).squeeze(-1) / size**0.5
        return cast(Tensor, scores + self.relation_sum(torch.cat([left, right], -1)))

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        states = self.unit_states(batch)
        out = {name: self.flat[name](states[group]) for group, names in self.of_group.items() for name in names}
        rows, count, _ = out["layers"].shape
        out["layers"] = out["layers"].view(rows, count, len(heads.LAYERS), 3)
        return out | states

    def links(self, states: dict[str, Tensor]) -> Tensor:
        """Link scores on every channel, `[rows, channels, anchors, arguments]`."""
        return torch.cat([self.attribution_links(states["attribution"]), self.conflict_links(states["conflict"])], 1)


def sentence_mask(segment: Tensor) -> Tensor:
    """`[rows, units, units]` True where the second may head the first: a word opener of the same sentence."""
    sentence = (segment == 2).long().cumsum(1)
    return (sentence[:, :, None] == sentence[:, None, :]) & (segment > 0)[:, None, :]
