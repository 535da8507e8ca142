// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/lowering.hpp"

namespace tmc::select {

Status lower_reshape(Lowering& lowering) {
  return lowering.alias();
}

}  // namespace tmc::select
