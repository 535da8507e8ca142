// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/where.hpp"

#include "tmc/kernels/contract/where.hpp"
#include "tmc/select/numerics/broadcast.hpp"
#include "tmc/select/numerics/move.hpp"

namespace tmc::select {

Status lower_where(Lowering& lowering) {
  for (const size_t alternative : {1U, 2U}) {
    if (lowering.input(alternative).quantization == lowering.output().quantization) continue;
    return error(Error::kUnsupportedType, "'{}' and '{}' are quantised in different ways",
                 lowering.input(alternative).name, lowering.output().name)
        .with_hint("requantise it, or choose between them in float");
  }
  kernels::Where::Params p{};
  TMC_TRY(set_broadcast(p.extents, {&p.a_strides, &p.b_strides, &p.condition_strides},
                        {lowering.input(1).type.shape, lowering.input(2).type.shape, lowering.input(0).type.shape},
                        lowering.output().type.shape));
  p.element_bytes = element_bytes(lowering.output());
  return lowering.emit<kernels::Where>(p, {}, {lowering.input_ref(1), lowering.input_ref(2), lowering.input_ref(0)},
                                       {lowering.output_ref()});
}

}  // namespace tmc::select
