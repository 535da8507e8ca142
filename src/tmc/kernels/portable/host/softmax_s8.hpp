// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/softmax_s8.hpp.

#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/softmax_s8.hpp"

namespace tmc::kernels::portable {

// The exponentials as the model has them, as a table.
inline Blobs pack(Of<SoftmaxS8>, const SoftmaxS8::Params&, Constants constants) {
  return pack_tables(constants);
}
inline Blobs pack(Of<SoftmaxS8S16>, const SoftmaxS8S16::Params&, Constants constants) {
  return pack_tables(constants);
}

// What their work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<SoftmaxS8>, const SoftmaxS8::Params& p) {
  return softmax_terms(p);
}
inline CostFeatures cost_features(Of<SoftmaxS8S16>, const SoftmaxS8S16::Params& p) {
  return softmax_terms(p);
}

}  // namespace tmc::kernels::portable
