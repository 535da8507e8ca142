// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/hybrid.hpp"

#include "tmc/kernels/contract/conv2d_hybrid_s4.hpp"
#include "tmc/kernels/contract/quantize_dynamic.hpp"
#include "tmc/kernels/host/leaning_groups.hpp"
#include "tmc/select/numerics/channel_constants.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {
namespace {

// Of rows whose weights four bits hold, however they came to be; 0: bytes serve them.
int32_t four_bit_groups(const kernels::Conv2dHybrid::Params& p, const std::vector<int8_t>& weights) {
  const bool is_of_rows = p.groups == 1 && p.input_h == 1 && p.input_w == 1 && p.kernel_h == 1 && p.kernel_w == 1;
  if (!is_of_rows) return 0;
  return static_cast<int32_t>(kernels::find_leaning_groups(weights, static_cast<size_t>(p.input_c)).value_or(0));
}

}  // namespace

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
  const std::vector<int8_t> integers = weights.data->to_vector<int8_t>();
  const std::vector<kernels::Blob> constants = {kernels::make_blob(DType::kI8, integers),
                                                kernels::make_blob(DType::kF32, scales),
                                                kernels::make_blob(DType::kF32, bias)};
  if (const int32_t group_inputs = four_bit_groups(params, integers); group_inputs != 0) {
    return lowering.emit<kernels::Conv2dHybridS4>(kernels::Conv2dHybridS4::in_groups(params, group_inputs), constants,
                                                  {quantized}, {lowering.output_ref()});
  }
  return lowering.emit<kernels::Conv2dHybrid>(params, constants, {quantized}, {lowering.output_ref()});
}

}  // namespace tmc::select
