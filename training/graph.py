"""The network as it is exported: the same sums in fewer and larger steps, for one window at a time.

What differs from `Network.forward` in form only: attention is one fused operator of onnxruntime's; layers are mixed
before units are picked; the shape of a unit enters behind the group's matrix; heads that read the same states share one
matrix; links leave as their two factors, since scores are wanted for a few anchors only.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training import heads
from training.network import FAR, GROUPS, MIXED, Layer, Network, Pairs, sentence_mask

INPUTS = ("ids", "shapes", "gaps", "first", "last")
TAGS = ("segment", "upos", "features", "lemma")
OUTPUTS = (
    *TAGS, "arcs", "head", "relation", "ner", "attr", "layers", "classes", "anchors", "arguments", "argument_bias",
    "encoded",
)  # fmt: skip
ORDINARY = 8
"""Rank of the input channel, by size, down to whose size the larger ones are brought."""
UNEVEN = 1.5
"""A layer is left as it is where no input channel is this much larger than that."""
KEPT = 32
"""Directions kept of each side of a relation's 96: a ninth of the work, .1 point of LAS."""


class FusedAttention(torch.autograd.Function):
    """Attention over `[1, pieces, width]`; in the file, onnxruntime's MultiHeadAttention."""

    @staticmethod
    def forward(ctx: Any, queries: Tensor, keys: Tensor, values: Tensor, count: int) -> Tensor:
        def split(states: Tensor) -> Tensor:
            return states.unflatten(-1, (count, -1)).transpose(1, 2)

        heard = F.scaled_dot_product_attention(split(queries), split(keys), split(values))
        return heard.transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, queries: Any, keys: Any, values: Any, count: int) -> Any:
        made = g.op("com.microsoft::MultiHeadAttention", queries, keys, values, num_heads_i=count)
        return made.setType(queries.type())


class IntegerRows(nn.Module):
    """An embedding table of int8 with one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.table = nn.Buffer((weight / scale).round().to(torch.int8))
        self.scale = nn.Buffer(scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.table[ids].to(torch.float32) * self.scale[ids]


class Smoothed(nn.Module):
    """A layer whose largest input channels are divided by what their weights are multiplied with.

    At the mark that opens a window a channel or two are ten times as large as any other, and would leave the rest a
    handful of int8 steps. `peaks`: the largest size of each input channel over the calibration windows.
    """

    def __init__(self, layer: nn.Linear, peaks: Tensor) -> None:
        super().__init__()
        scale = (peaks / ordinary(peaks)).clamp(min=1)
        self.shrink = nn.Buffer(1 / scale)
        self.layer = linear(layer.weight * scale, layer.bias)

    def forward(self, states: Tensor) -> Tensor:
        made: Tensor = self.layer(states * self.shrink)
        return made


def ordinary(peaks: Tensor) -> Tensor:
    """The size of the largest input channels but a few."""
    return peaks.topk(ORDINARY).values[-1]


class FastLayer(nn.Module):
    """A BERT layer with fused attention."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.count = layer.count
        parts = zip(layer.queries.weight.chunk(3), layer.queries.bias.chunk(3), strict=True)
        self.queries, self.keys, self.values = (linear(weight, bias) for weight, bias in parts)
        self.joined, self.first_norm = layer.joined, layer.first_norm
        self.up, self.down, self.second_norm = layer.up, layer.down, layer.second_norm

    def forward(self, states: Tensor) -> Tensor:
        heard = FusedAttention.apply(self.queries(states), self.keys(states), self.values(states), self.count)
        states = self.first_norm(states + self.joined(heard))
        made: Tensor = self.second_norm(states + self.down(F.gelu(self.up(states))))
        return made


def linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    """A layer with these weights, `[out, in]` and `[out]`."""
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight, made.bias = nn.Parameter(weight.detach().clone()), nn.Parameter(bias.detach().clone())
    return made


def stacked(*layers: nn.Linear) -> nn.Linear:
    """One layer that gives the outputs of several side by side."""
    return linear(torch.cat([layer.weight for layer in layers]), torch.cat([layer.bias for layer in layers]))


def root(states: Tensor) -> tuple[Tensor, Tensor]:
    """The symmetric root, and its inverse, of the second moments of `[rows, width]`."""
    moments = states.T @ states / len(states)
    values, vectors = torch.linalg.eigh(moments + 1e-4 * torch.eye(len(moments)))
    return vectors * values.sqrt() @ vectors.T, vectors / values.sqrt() @ vectors.T


class Graph(nn.Module):
    """One window in, every head's scores out; the first axis of every output is the units'."""

    def __init__(self, network: Network, integers: bool, bias: dict[str, float]) -> None:
        """`bias`: what is taken off the score of "outside", by head or layer."""
        super().__init__()
        encoder, flat = network.encoder, network.flat
        for name, cost in bias.items():
            layer, row = (flat[name], 0) if name in flat else (flat["layers"], 3 * heads.LAYERS.index(name))
            with torch.no_grad():
                layer.bias[row] -= cost
        self.words = IntegerRows(encoder.words.weight.detach()) if integers else encoder.words
        self.positions = nn.Buffer(encoder.positions.weight.detach() + encoder.kind.detach())
        self.shapes, self.gaps, self.norm = encoder.shapes, encoder.gaps, encoder.norm
        self.layers = nn.ModuleList(FastLayer(layer) for layer in encoder.layers)  # type: ignore[arg-type]
        self.shares = nn.Buffer(torch.softmax(network.mixes.detach(), 1))
        width = self.positions.shape[1]
        groups = [network.groups[name] for name in GROUPS]
        self.groups = nn.ModuleList(linear(group.weight, torch.zeros(width)) for group in groups)
        # What a unit's shape adds to each group, bias included.
        shape = network.shapes.weight.detach()
        self.of_shape = nn.ModuleList(
            nn.Embedding.from_pretrained(shape @ group.weight[:, :width].T.detach() + group.bias.detach())
            for group in groups
        )
        self.tags = stacked(*(flat[name] for name in TAGS))
        self.tag_sizes = [flat[name].out_features for name in TAGS]
        self.ner = flat["ner"]
        arcs = network.arcs
        self.syntax = stacked(arcs.dependents, arcs.heads, network.relation_left, network.relation_right, arcs.bias)
        self.syntax_sizes = [256, 256, 96, 96, 1]
        size = network.relation_left.out_features
        self.relation_sum = network.relation_sum
        self.relation_core = network.relation_pair.weight.detach().view(-1, size, size) / size**0.5
        self.left, self.right = nn.Identity(), nn.Identity()
        self.attribution, self.attribution_sizes = self._with_links(network.attribution_links, flat["attr"])
        self.conflict, self.conflict_sizes = self._with_links(network.conflict_links, flat["layers"], flat["classes"])

    @staticmethod
    def _with_links(links: Pairs, *others: nn.Linear) -> tuple[nn.Linear, list[int]]:
        right = linear(links.heads.weight / links.size**0.5, links.heads.bias / links.size**0.5)
        parts = (links.dependents, right, links.bias, *others)
        return stacked(*parts), [part.out_features for part in parts]

    def encode(self, ids: Tensor, shapes: Tensor, gaps: Tensor) -> list[Tensor]:
        """The states after each of the last layers, `[1, pieces, width]`."""
        states = self.words(ids) + self.positions[: ids.shape[1]] + self.shapes(shapes) + self.gaps(gaps)
        states = self.norm(states)
        found = []
        for layer in self.layers:
            states = layer(states)
            found.append(states)
        return found[-MIXED:]

    def group_states(self, encoded: list[Tensor], shape: Tensor, first: Tensor, last: Tensor) -> list[Tensor]:
        """The states `[units, width]` that each group's heads read."""
        pieces = encoded[0].shape[1]
        mixed = (self.shares @ torch.cat(encoded).flatten(1)).view(len(GROUPS) * pieces, -1)
        ends = torch.stack([first, last], 1)
        return [
            F.gelu(group(mixed[ends + number * pieces].flatten(1)) + of_shape(shape))
            for number, (group, of_shape) in enumerate(zip(self.groups, self.of_shape, strict=True))
        ]

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        encoded = self.encode(ids, shapes, gaps)
        first, last, gap = first[0], last[0], gaps[0, first[0]]
        syntax, names, attribution, conflict = self.group_states(encoded, shapes[0, first], first, last)
        tags = [scores.argmax(-1) for scores in self.tags(syntax).split(self.tag_sizes, 1)]
        # A line end always opens a sentence, a space always a word: as in every treebank read.
        segment = torch.where(gap == 1, tags[0].clamp(min=1), tags[0])
        tags[0] = torch.where((gap == 2) | (gap == 3), torch.full_like(segment, 2), segment)
        arcs, head, relation = self._tree(syntax, tags[0])
        left, right, bias, attr = self.attribution(attribution).split(self.attribution_sizes, 1)
        left_2, right_2, bias_2, layers, classes = self.conflict(conflict).split(self.conflict_sizes, 1)
        return (
            *tags,
            arcs,
            head,
            relation,
            self.ner(names),
            attr,
            layers.unflatten(1, (-1, 3)),
            classes,
            F.gelu(torch.cat([left, left_2], 1)),
            torch.cat([right, right_2], 1),
            torch.cat([bias, bias_2], 1),
            encoded[-1][0],
        )

    def _tree(self, syntax: Tensor, segment: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        left, right, left_2, right_2, bias = self.syntax(syntax).split(self.syntax_sizes, 1)
        arcs = F.gelu(left) @ right.T / right.shape[1] ** 0.5 + bias.T
        mask = sentence_mask(segment[None])[0]
        arcs = torch.where(mask, arcs, torch.full_like(arcs, FAR))
        head = arcs.argmax(-1)
        left_2, right_2 = F.gelu(left_2), F.gelu(right_2)[head]
        left, right = self.left(left_2), self.right(right_2)
        pairs = (right @ self.relation_core.flatten(0, 1).T).unflatten(1, (-1, left.shape[1]))
        scores = (pairs @ left[:, :, None]).squeeze(-1) + self.relation_sum(torch.cat([left_2, right_2], -1))
        return arcs, head, scores.argmax(-1)

    def fit(self, windows: list[tuple[Tensor, ...]]) -> None:
        """Fit to calibration windows what int8 and speed need: smoothed layers, a smaller core of relation scores."""
        seen: dict[nn.Module, list[Tensor]] = {}

        def keep(module: nn.Module, given: tuple[Tensor, ...], made: Tensor) -> None:
            seen.setdefault(module, []).append(given[0].detach().flatten(0, -2))

        smoothed = [(layer, name) for layer in self.layers for name in ("up", "down")]
        modules = [*(getattr(*place) for place in smoothed), self.left, self.right]
        hooks = [module.register_forward_hook(keep) for module in modules]
        with torch.no_grad():
            for window in windows:
                self(*window)
        for hook in hooks:
            hook.remove()
        for (layer, name), module in zip(smoothed, modules, strict=False):
            peaks = torch.cat(seen[module]).abs().amax(0)
            if peaks.max() > UNEVEN * ordinary(peaks):
                setattr(layer, name, Smoothed(module, peaks))  # type: ignore[arg-type]
        self._shrink_relations(torch.cat(seen[self.left]), torch.cat(seen[self.right]))

    def _shrink_relations(self, lefts: Tensor, rights: Tensor) -> None:
        """Keep the directions of both sides that matter to the scores: the core is nearly of low rank."""
        left_root, left_inverse = root(lefts)
        right_root, right_inverse = root(rights)
        core = torch.einsum("rij,ia,jb->rab", self.relation_core, left_root, right_root)
        of_left = torch.linalg.svd(core.permute(1, 0, 2).flatten(1), full_matrices=False)[0][:, :KEPT]
        of_right = torch.linalg.svd(core.permute(2, 0, 1).flatten(1), full_matrices=False)[0][:, :KEPT]
        nothing = torch.zeros(KEPT)
        self.left = linear((left_inverse @ of_left).T, nothing)
        self.right = linear((right_inverse @ of_right).T, nothing)
        self.relation_core = torch.einsum("rab,ak,bm->rkm", core, of_left, of_right)
