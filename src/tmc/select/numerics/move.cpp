// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/move.hpp"

#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {

Status follow_quantization(Lowering& lowering) {
  const ir::Value& input = lowering.input(0);
  if (input.quantization == lowering.output().quantization) return {};
  TMC_ASSIGN(const Affine affine, activation_affine_of(input, activation_dtype(input)));
  return requantize_output(lowering, affine);
}

}  // namespace tmc::select
