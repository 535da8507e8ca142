// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/recurrent_s8.hpp.

#include "tmc/kernels/armv7em/host/detail/gate_table.hpp"
#include "tmc/kernels/armv7em/host/detail/gate_terms.hpp"
#include "tmc/kernels/armv7em/recurrent_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

inline Blobs pack(Of<LstmStateS16Tables>, const LstmStateS16Tables::Params&, Constants) {
  return {{gate_table()}};
}
inline Blobs pack(Of<LstmOutputS8Tables>, const LstmOutputS8Tables::Params&, Constants) {
  return {{gate_table()}};
}

inline CostFeatures cost_features(Of<LstmStateS16>, const LstmStateS16::Params& p) {
  return gate_terms(p);
}
inline CostFeatures cost_features(Of<LstmStateS16Tables>, const LstmStateS16Tables::Params& p) {
  return gate_terms(p);
}
inline CostFeatures cost_features(Of<LstmOutputS8>, const LstmOutputS8::Params& p) {
  return gate_terms(p);
}
inline CostFeatures cost_features(Of<LstmOutputS8Tables>, const LstmOutputS8Tables::Params& p) {
  return gate_terms(p);
}

}  // namespace tmc::kernels::armv7em
