// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the implementations of dense_sums_s8 have in common.

#include <algorithm>
#include <span>

#include "tmc/kernels/armv7em/detail/dense_rows.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/host/channel_constants.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The model's constants in whole blocks of outputs, the last output again where they end within one.
class DenseBlocks {
 public:
  DenseBlocks(const DenseSumsS8::Params& p, Constants constants)
      : inputs_(static_cast<size_t>(p.inputs)),
        outputs_(static_cast<size_t>(p.outputs)),
        weights_(constants[0].to_vector<int8_t>()),
        bias_(constants[1].to_vector<int32_t>()) {
    fold_zero_point(p.input_zero_point, weights_, bias_);
    bias_.resize(rows());
  }

  size_t rows() const { return (outputs_ + kDenseBlock - 1) / kDenseBlock * kDenseBlock; }
  std::span<const int8_t> row(size_t i) const {
    return std::span(weights_).subspan(std::min(i, outputs_ - 1) * inputs_, inputs_);
  }
  // With what the zero point adds.
  Blob bias() const { return make_blob(DType::kI32, bias_); }

 private:
  size_t inputs_, outputs_;
  std::vector<int8_t> weights_;
  std::vector<int32_t> bias_;
};

}  // namespace tmc::kernels::armv7em
