// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Clamps: operators that only limit a range (relu, clip), the `activation` attribute that does the same at the end of
// another operator, and what either does to the integers of a quantised tensor.

#include <optional>

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

using ops::Activation;

struct RealRange {
  double min, max;
};

RealRange range_of(Activation activation);
// The range of a relu or clip; nothing for another operator.
std::optional<RealRange> clamp_range(const AnyOp& op);
// What formats fix for a result that lies in [0, 1] or [-1, 1]: a power of two for a scale (TFLite's quantisation
// specification; torch.ao.quantization's fixed_qparams). i8 or i16; nothing for other operators.
std::optional<Quantization> fixed_quantization(const AnyOp& op, DType dtype);
RealRange intersect(const RealRange& a, const RealRange& b);

// Whether no element of a tensor of this type can lie outside the range. False for floats, unless the range is all.
bool holds_everything(const RealRange& range, const TensorType& type, const Quantization& quantization);

// The activation that limits a tensor of this type to the same elements as `range` does (bounds of quantised tensors
// rounded as TFLite does); kNone where the range holds everything, nothing where no activation fits.
std::optional<Activation> activation_for(const RealRange& range, const TensorType& type,
                                         const Quantization& quantization);

// The operator's `activation` attribute; nothing where it has none.
std::optional<Activation> activation_of(const AnyOp& op);
// The operator, which has an `activation` attribute, with another one.
AnyOp with_activation(const AnyOp& op, Activation activation);

}  // namespace tmc::ir
