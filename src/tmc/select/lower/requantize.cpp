// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/requantize.hpp"

#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {

Status lower_requantize(Lowering& lowering) {
  return emit_requantize(lowering);
}

}  // namespace tmc::select
