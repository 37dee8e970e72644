"""Write a trained checkpoint as one ONNX file, float32 or int8: `python -m training.export RUN_FOLDER -o model.onnx`.

The int8 file holds int8 weights with a scale a row (embedding) or a channel (matrices); activations are quantised as
they come, a window at a time. What int8 is fitted to (`Graph.fit`) comes from the reports in the package, so the same
checkpoint gives the same file. Vocabulary and label lists travel in the file's metadata.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import onnx
import onnx.utils
import torch
from torch import Tensor

from counterclaim.language.model_session import Rows, feeds
from counterclaim.language.model_units import WordPieces, cut_units, cut_windows
from training import heads
from training.examples import Vocabularies
from training.graph import INPUTS, OUTPUTS, Graph
from training.network import Network
from training.train import minilm_folder

# Three small matrices of relations, whose parts are of very different sizes, stay float32.
EXACT = ("/left/", "/right/", "/MatMul_2")
# On CPUs without VNNI the sum of two products of 8 bits with 8 is cut at 16 bits. In these layers that befell up to one
# output in eleven (error .1 of its size), so their weights have 7 bits, with which no sum is cut; elsewhere it was none
# to one output in a hundred, an error at or below that of rounding.
SEVEN_BITS = "/joined/"


def quantised(plain: Path, out: Path, bits: int) -> Path:
    """Quantise the matrices that are to have so many bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    nodes = [node.name for node in onnx.load(str(plain)).graph.node if not node.name.startswith(EXACT)]
    chosen = [name for name in nodes if (SEVEN_BITS in name) == (bits == 7)]
    quantize_dynamic(
        str(plain), str(out), per_channel=True, reduce_range=bits == 7, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm"], extra_options={"MatMulConstBOnly": True},
        # The quantiser takes a Gemm apart and calls its product so.
        nodes_to_quantize=chosen + [f"{name}_MatMul" for name in chosen],
    )  # fmt: skip
    return out


def plain_sums(model: onnx.ModelProto) -> None:
    """Write the sums before layer norms as Sum, not Add.

    onnxruntime would fuse Add and norm to SkipLayerNormalization, which on a CPU takes five times as long as the two.
    """
    normed = {node.input[0] for node in model.graph.node if node.op_type == "LayerNormalization"}
    for node in model.graph.node:
        if node.op_type == "Add" and node.output[0] in normed:
            node.op_type = "Sum"


def load(folder: Path, mean: Path | None = None, share: float = 0.0) -> tuple[Network, Vocabularies, dict[str, Any]]:
    """The network of a run; with `mean`, that run's weights averaged in by `share` (0 to 1)."""
    state = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True)
    vocabularies = Vocabularies(**state["vocabularies"])
    network = Network(vocabularies)
    weights = state["network"]
    if mean is not None:
        other = torch.load(mean / "checkpoint.pt", map_location="cpu", weights_only=True)
        if other["vocabularies"] != state["vocabularies"]:
            raise SystemExit(f"{mean} has other labels than {folder}: only runs from the same start can be averaged")
        for name, tensor in weights.items():
            if tensor.is_floating_point():
                weights[name] = share * other["network"][name] + (1 - share) * tensor
    network.load_state_dict(weights)
    return network.eval(), vocabularies, {"step": state["step"], "config": json.loads(state["config"])}


def calibration(wordpieces: WordPieces) -> list[tuple[Tensor, ...]]:
    """The windows of the reports that come with the package, as inputs of the graph."""
    reports = sorted((files("counterclaim") / "data" / "reports").iterdir(), key=lambda report: report.name)
    units = [cut_units(report.read_text("utf-8"), wordpieces) for report in reports]
    return [
        tuple(torch.from_numpy(values) for values in feeds(Rows(one), wordpieces, window.first, window.last).values())
        for one in units
        for window in cut_windows(one)
    ]


def export(
    folder: Path, out: Path, integers: bool, decoding: dict[str, Any], mean: Path | None = None, share: float = 0.0
) -> None:
    network, vocabularies, about = load(folder, mean, share)
    vocabulary = (minilm_folder(about["config"]["encoder"]["path"]) / "vocab.txt").read_text("utf-8")
    words = WordPieces({word: number for number, word in enumerate(vocabulary.split("\n")) if word})
    windows = calibration(words)
    model = Graph(network, integers, decoding.get("bias", {})).eval()
    if integers:
        model.fit(windows)
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {1: "units"} for name in INPUTS[3:]}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        with torch.no_grad():
            torch.onnx.export(
                model, windows[0], str(plain), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes,
                opset_version=17, dynamo=False, custom_opsets={"com.microsoft": 1},
            )  # fmt: skip
        if integers:
            for bits in (8, 7):
                plain = quantised(plain, Path(scratch) / f"{bits}.onnx", bits)
        made = onnx.load(str(plain))
    plain_sums(made)
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
        "version": version,
    }
    onnx.helper.set_model_props(made, about_model)
    onnx.save(made, str(out))
    print(out, f"{out.stat().st_size / 1e6:.1f} MB", version)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a run's folder, with checkpoint.pt")
    parser.add_argument("--mean", type=Path, help="a run from the same start, whose weights are averaged in")
    parser.add_argument("--share", type=float, default=0.4, help="of the averaged run; 0.4 in the shipped file")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--bare", type=Path, help="also write the encoder alone, to measure what the heads cost")
    parser.add_argument("--float", action="store_true", help="float32, to measure what int8 loses")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    options = parser.parse_args()
    decoding = tomllib.loads(options.config.read_text("utf-8")).get("decoding", {})
    export(options.folder, options.out, not options.float, decoding, options.mean, options.share)
    if options.bare:
        onnx.utils.extract_model(str(options.out), str(options.bare), list(INPUTS[:3]), ["encoded"])


if __name__ == "__main__":
    main()
