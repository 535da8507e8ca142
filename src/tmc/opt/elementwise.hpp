// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators that treat every element alike, whatever its place.

#include "tmc/ops/op/add.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/div.hpp"
#include "tmc/ops/op/erf.hpp"
#include "tmc/ops/op/exp.hpp"
#include "tmc/ops/op/gelu.hpp"
#include "tmc/ops/op/hard_swish.hpp"
#include "tmc/ops/op/leaky_relu.hpp"
#include "tmc/ops/op/max.hpp"
#include "tmc/ops/op/min.hpp"
#include "tmc/ops/op/mul.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/relu.hpp"
#include "tmc/ops/op/requantize.hpp"
#include "tmc/ops/op/sigmoid.hpp"
#include "tmc/ops/op/sqrt.hpp"
#include "tmc/ops/op/sub.hpp"
#include "tmc/ops/op/tanh.hpp"

namespace tmc::opt {

// One operand.
inline bool is_unary(const ops::AnyOp& op) {
  return op.is<ops::Clip>() || op.is<ops::Dequantize>() || op.is<ops::Erf>() || op.is<ops::Exp>() ||
         op.is<ops::Gelu>() || op.is<ops::HardSwish>() || op.is<ops::LeakyRelu>() || op.is<ops::Quantize>() ||
         op.is<ops::Relu>() || op.is<ops::Requantize>() || op.is<ops::Sigmoid>() || op.is<ops::Sqrt>() ||
         op.is<ops::Tanh>();
}

// Two operands that broadcast.
inline bool is_binary(const ops::AnyOp& op) {
  return op.is<ops::Add>() || op.is<ops::Sub>() || op.is<ops::Mul>() || op.is<ops::Div>() || op.is<ops::Max>() ||
         op.is<ops::Min>();
}

}  // namespace tmc::opt
