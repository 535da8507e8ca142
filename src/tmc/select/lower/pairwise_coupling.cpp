// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/pairwise_coupling.hpp"

#include "tmc/kernels/contract/pairwise_coupling_f32.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_pairwise_coupling(Lowering& lowering) {
  const kernels::PairwiseCouplingF32::Params p{
      .input_elements = elements_of(lowering.input(0)),
      .output_elements = elements_of(lowering.output()),
      .rows = static_cast<int32_t>(lowering.output().type.shape[0]),
      .classes = static_cast<int32_t>(lowering.output().type.shape[1]),
  };
  return lowering.emit<kernels::PairwiseCouplingF32>(p, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
