// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Changes what a graph's inputs and outputs are: their dtype, or the order of an image's axes. The port keeps its name
// and its place; where nothing else makes up for the change, a node behind the input (before the output) does, which
// the passes then cancel against what stood there already (merge_quantize_pairs, sink_transposes, remove_identities).
//
// Integers stand for the same reals in every dtype: uint8 is int8 with the zero point moved by 128, int16 has the scale
// of the bytes that it replaces and zero point 0, bytes that replace int16 have 256 times its scale.
// Errors (kBadUsage) say why a port cannot change.

#include <string>
#include <vector>

#include "tmc/ir/graph.hpp"
#include "tmc/ops/op/pixels.hpp"

namespace tmc::opt {

// A float input becomes an integer one with the quantisation in which the graph reads it; a quantised one becomes float
// or another integer.
Status retype_input(ir::Graph& graph, ir::ValueId input, DType dtype);
// A float output that is dequantised becomes the integers behind it; a quantised one becomes float or another integer.
Status retype_output(ir::Graph& graph, size_t index, DType dtype);
// The image [n, c, h, w] becomes [n, h, w, c]. False, and no change, where the graph's layers read it in this order
// already.
Result<bool> move_channels_last(ir::Graph& graph, ir::ValueId input);

// What a camera delivers, and the reals that a model takes for it: channel c is pixel * scale[c] + offset[c].
struct PixelSource {
  std::string format = "bytes", color = "rgb";  // of ops::Pixels
  std::vector<float> scale = {}, offset = {};   // one for each channel
};

// The image [n, h, w, c] becomes the camera's bytes u8 [n, h, w, bytes of a pixel]. Nodes behind it make the reals or
// integers of them that it was; fold_pixels makes one of these nodes where the graph goes on in bytes.
Status read_pixels(ir::Graph& graph, ir::ValueId input, const PixelSource& source);
// The float or quantised input becomes int16, of which a step stands for `scale`: samples of a sound.
Status read_samples(ir::Graph& graph, ir::ValueId input, float scale);

}  // namespace tmc::opt
