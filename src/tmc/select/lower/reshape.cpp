// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/move.hpp"

namespace tmc::select {

Status lower_reshape(Lowering& lowering) {
  return emit_reshape(lowering);
}

}  // namespace tmc::select
