// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of portable/attention_s8.hpp.

#include "tmc/kernels/portable/attention_s8.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// The exponentials as the model has them, as a table.
inline Blobs pack(Of<AttentionS8>, const AttentionS8::Params&, Constants constants) {
  return pack_tables(constants);
}

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<AttentionS8>, const AttentionS8::Params& p) {
  return attention_terms(p);
}

}  // namespace tmc::kernels::portable
