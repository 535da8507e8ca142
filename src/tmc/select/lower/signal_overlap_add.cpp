// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_overlap_add.hpp"

#include "tmc/kernels/contract/signal_synthesis.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_overlap_add(Lowering& lowering) {
  const Quantization& scale = lowering.input(0).quantization;
  if (lowering.input(1).quantization != scale || lowering.output().quantization != scale) {
    return error(Error::kUnsupportedType, "'{}' and '{}' are not in the scale of '{}'", lowering.input(1).name,
                 lowering.output().name, lowering.input(0).name)
        .with_hint("requantise them, or add them up in float");
  }
  const ops::TensorType& frames = lowering.input(0).type;
  const int rank = frames.shape.rank();
  const auto dtype = static_cast<int32_t>(frames.dtype);
  const kernels::SignalOverlapAdd::Params params{
      .input_elements = elements_of(lowering.input(0)),
      .past_elements = elements_of(lowering.input(1)),
      .output_elements = elements_of(lowering.output()),
      .input_dtype = dtype,
      .past_dtype = dtype,
      .output_dtype = dtype,
      .items = static_cast<int32_t>(frames.shape.elements(0, rank - 2)),
      .frames = static_cast<int32_t>(frames.shape[rank - 2]),
      .size = static_cast<int32_t>(frames.shape[rank - 1]),
      .step = static_cast<int32_t>(lowering.node().op.get<ops::SignalOverlapAdd>().step)};
  return lowering.emit<kernels::SignalOverlapAdd>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)},
                                                  {lowering.output_ref()});
}

}  // namespace tmc::select
