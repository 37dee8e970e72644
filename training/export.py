"""Write a trained checkpoint as one ONNX file, float32 or int8: `python -m training.export RUN_FOLDER -o model.onnx`.

The int8 file holds int8 weights with a scale a row (embedding) or a channel (matrices); activations are quantised as
they come, a window at a time. Vocabulary and label lists travel in the file's metadata.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from training import heads
from training.examples import Vocabularies
from training.network import FAR, Network, sentence_mask
from training.train import minilm_folder

INPUTS = ("ids", "shapes", "gaps", "first", "last")
OUTPUTS = ("segment", "upos", "features", "lemma", "arcs", "relation", "ner", "attr", "layers", "classes", "links")

# Small matrices whose rounding costs most (half a point of LAS); they stay float32.
EXACT = ("/arcs/", "/relation")


class IntegerRows(nn.Module):
    """An embedding table of int8 with one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.table = nn.Buffer((weight / scale).round().to(torch.int8))
        self.scale = nn.Buffer(scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.table[ids].to(torch.float32) * self.scale[ids]


class Exported(nn.Module):
    """One window in, every head's scores out; the first axis of every output is the units'."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        network = self.network
        out = network({"ids": ids, "shapes": shapes, "gaps": gaps, "first": first, "last": last})
        segment = out["segment"].argmax(-1)
        gap = gaps.gather(1, first)
        # A line end always opens a sentence, a space always a word: as in every treebank read.
        segment = torch.where(gap == 1, segment.clamp(min=1), segment)
        segment = torch.where((gap == 2) | (gap == 3), torch.full_like(segment, 2), segment)
        mask = sentence_mask(segment)
        arcs = network.arcs(out["syntax"])[:, 0]
        arcs = torch.where(mask, arcs, torch.full_like(arcs, FAR))
        relation = network.relation_logits(out["syntax"], arcs.argmax(-1)).argmax(-1)
        return (
            segment[0],
            out["upos"].argmax(-1)[0],
            out["features"].argmax(-1)[0],
            out["lemma"].argmax(-1)[0],
            arcs[0],
            relation[0],
            out["ner"][0],
            out["attr"][0],
            out["layers"][0],
            out["classes"][0],
            network.links(out)[0],
        )


def load(folder: Path) -> tuple[Network, Vocabularies, dict[str, Any]]:
    state = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True)
    vocabularies = Vocabularies(**state["vocabularies"])
    network = Network(vocabularies)
    network.load_state_dict(state["network"])
    return network.eval(), vocabularies, {"step": state["step"], "config": json.loads(state["config"])}


def export(folder: Path, out: Path, integers: bool, decoding: dict[str, Any]) -> None:
    network, vocabularies, about = load(folder)
    if integers:
        network.encoder.words = IntegerRows(network.encoder.words.weight.detach())  # type: ignore[assignment]
    model = Exported(network).eval()
    pieces, units = 40, 30
    example = (
        torch.randint(1000, 2000, (1, pieces)),
        torch.zeros(1, pieces, dtype=torch.int64),
        torch.ones(1, pieces, dtype=torch.int64),
        torch.arange(1, units + 1)[None],
        torch.arange(1, units + 1)[None],
    )
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {1: "units"} for name in INPUTS[3:]}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        with torch.no_grad():
            torch.onnx.export(
                model, example, str(plain), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes,
                opset_version=17, dynamo=False,
            )  # fmt: skip
        if integers:
            from onnxruntime.quantization import QuantType, quantize_dynamic

            small = Path(scratch) / "small.onnx"
            nodes = onnx.load(str(plain)).graph.node
            exact = [node.name for node in nodes if any(part in node.name for part in EXACT)]
            quantize_dynamic(
                str(plain), str(small), per_channel=True, reduce_range=False, weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Gemm"], nodes_to_exclude=exact,
                extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
            plain = small
        made = onnx.load(str(plain))
    vocabulary = (minilm_folder(about["config"]["encoder"]["path"]) / "vocab.txt").read_text("utf-8")
    labels = {
        "upos": heads.UPOS,
        "features": vocabularies.features,
        "lemma": vocabularies.lemmas,
        "relation": vocabularies.relations,
        "ner": heads.NER_TYPES,
        "attr": heads.ATTRIBUTION_TYPES,
        "layers": heads.LAYERS,
        "classes": heads.CLASSES,
        "channels": heads.CHANNELS,
        "moves": decoding.get("moves", {}),
    }
    version = f"minilm-l6/{about['step']}{'-int8' if integers else '-fp32'}"
    about_model = {
        "vocabulary": vocabulary,
        "labels": json.dumps(labels),
        "bias": json.dumps(decoding.get("bias", {})),
        "version": version,
    }
    onnx.helper.set_model_props(made, about_model)
    onnx.save(made, str(out))
    print(out, f"{out.stat().st_size / 1e6:.1f} MB", version)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a run's folder, with checkpoint.pt")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="float32, to measure what int8 loses")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    options = parser.parse_args()
    decoding = tomllib.loads(options.config.read_text("utf-8")).get("decoding", {})
    export(options.folder, options.out, not options.float, decoding)


if __name__ == "__main__":
    main()
