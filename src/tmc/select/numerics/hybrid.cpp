// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/hybrid.hpp"

#include "tmc/kernels/contract/quantize_dynamic.hpp"
#include "tmc/select/numerics/channel_constants.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {

bool is_hybrid(const Lowering& lowering) {
  return is_float(lowering) && lowering.input(1).type.dtype == DType::kI8;
}

Status emit_hybrid(Lowering& lowering, const kernels::Conv2dHybrid::Params& params, bool asymmetric) {
  const ir::Value& weights = lowering.input(1);
  TMC_TRY(check_weights(weights));
  TMC_TRY(check_symmetric(weights));
  TMC_ASSIGN(const std::vector<float> bias, float_bias(lowering, static_cast<size_t>(params.output_c)));
  std::vector<float> scales = weights.quantization.scales;
  scales.resize(bias.size(), scales.front());
  const kernels::QuantizeDynamic::Params quantize{
      .batch = params.batch,
      .elements = params.input_h * params.input_w * params.input_c,
      .asymmetric = asymmetric ? 1 : 0,
  };
  const int64_t bytes = kernels::dynamic_header_bytes(quantize.batch) + int64_t{quantize.batch} * quantize.elements;
  TMC_ASSIGN(const Ref quantized, lowering.emit_once<kernels::QuantizeDynamic>(quantize, lowering.input_ref(0),
                                                                               ".quantized", bytes, DType::kI8));
  const std::vector<kernels::Blob> constants = {kernels::make_blob(DType::kI8, weights.data->to_vector<int8_t>()),
                                                kernels::make_blob(DType::kF32, scales),
                                                kernels::make_blob(DType::kF32, bias)};
  return lowering.emit<kernels::Conv2dHybrid>(params, constants, {quantized}, {lowering.output_ref()});
}

}  // namespace tmc::select
