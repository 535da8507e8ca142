// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/recurrent_s16.hpp.

#include "tmc/kernels/armv7em/host/detail/gate_terms.hpp"
#include "tmc/kernels/armv7em/recurrent_s16.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"

namespace tmc::kernels::armv7em {

// The table as the model has it.
inline Blobs pack(Of<GateS16>, const GateS16::Params&, Constants constants) {
  return portable::pack_tables(constants);
}
inline Blobs pack(Of<GruStateS16>, const GruStateS16::Params&, Constants constants) {
  return portable::pack_tables(constants);
}

inline CostFeatures cost_features(Of<GateS16>, const GateS16::Params& p) {
  return gate_terms(p);
}
inline CostFeatures cost_features(Of<GruStateS16>, const GruStateS16::Params& p) {
  return gate_terms(p);
}

}  // namespace tmc::kernels::armv7em
