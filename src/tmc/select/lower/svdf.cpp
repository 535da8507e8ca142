// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/svdf.hpp"

#include "tmc/kernels/contract/channel_products_s8.hpp"
#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/contract/requantize.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {
namespace {

constexpr size_t kInput = 0, kFeatures = 1, kTimes = 2, kState = 3, kBias = 4;

// As LiteRT prepares and computes it (svdf.cc, EvalIntegerSVDF): quotients of scales are rounded to float.
class IntegerSvdf {
 public:
  explicit IntegerSvdf(Lowering& lowering)
      : lowering_(lowering),
        batch_(lowering.input(kInput).type.shape[0]),
        filters_(lowering.input(kFeatures).type.shape[0]),
        memory_(lowering.input(kTimes).type.shape[1]),
        state_dtype_(lowering.input(kState).type.dtype) {}

  Status run() {
    TMC_TRY(check_constants());
    TMC_ASSIGN(input_, affine_of(lowering_.input(kInput), DType::kI8));
    TMC_ASSIGN(state_, affine_of(lowering_.input(kState), state_dtype_));
    TMC_ASSIGN(output_, affine_of(lowering_.output(), DType::kI8));
    TMC_ASSIGN(const Ref newest, emit_newest());
    TMC_TRY(emit_memory(newest));
    return emit_units();
  }

 private:
  Status check_constants() const {
    for (const size_t index : {kFeatures, kTimes}) {
      const ir::Value& value = lowering_.input(index);
      TMC_ASSIGN(const Affine affine, affine_of(value, value.type.dtype));
      if (value.is_constant() && affine.zero_point == 0) continue;
      return error(Error::kUnsupportedType, "its weights '{}' are computed, or have a zero point", value.name);
    }
    if (!lowering_.has_input(kBias) || lowering_.input(kBias).is_constant()) return {};
    return error(Error::kUnsupportedType, "its bias '{}' is computed", lowering_.input(kBias).name);
  }

  float scale_of(size_t input) const { return lowering_.input(input).quantization.scale(); }

  // What the filters make of the input.
  Result<Ref> emit_newest() {
    const int64_t elements = batch_ * filters_;
    const Ref sums = lowering_.add_temporary(".sums", elements * dtype_bytes(DType::kI32), DType::kI32);
    const ir::Value& features = lowering_.input(kFeatures);
    const kernels::DenseSumsS8::Params dense{static_cast<int32_t>(batch_), static_cast<int32_t>(features.type.shape[1]),
                                             static_cast<int32_t>(filters_), input_.zero_point};
    const std::vector<int32_t> no_bias(static_cast<size_t>(filters_), 0);
    TMC_TRY(lowering_.emit<kernels::DenseSumsS8>(
        dense,
        {kernels::make_blob(DType::kI8, features.data->to_vector<int8_t>()), kernels::make_blob(DType::kI32, no_bias)},
        {lowering_.input_ref(kInput)}, {sums}));
    const Ref newest = lowering_.add_temporary(".newest", elements * dtype_bytes(state_dtype_), state_dtype_);
    const FixedMultiplier fixed =
        quantize_multiplier(static_cast<double>(input_.scale * scale_of(kFeatures) / state_.scale));
    const kernels::RequantizeS32::Params requantize{.elements = static_cast<int32_t>(elements),
                                                    .input_dtype = static_cast<int32_t>(DType::kI32),
                                                    .output_dtype = static_cast<int32_t>(state_dtype_),
                                                    .input_zero_point = 0,
                                                    .output_zero_point = state_.zero_point,
                                                    .multiplier = fixed.multiplier,
                                                    .shift = fixed.shift,
                                                    .activation_min = dtype_min(state_dtype_),
                                                    .activation_max = dtype_max(state_dtype_)};
    TMC_TRY(lowering_.emit<kernels::RequantizeS32>(requantize, {}, {sums}, {newest}));
    return newest;
  }

  // The state, without the oldest of every filter, and the newest behind it.
  Status emit_memory(const Ref& newest) {
    const int64_t element = dtype_bytes(state_dtype_);
    const auto rows = static_cast<int32_t>(batch_ * filters_);
    const auto row = static_cast<int32_t>(memory_ * element);
    const auto kept = static_cast<int32_t>(row - element);
    if (kept > 0) {
      TMC_TRY(lowering_.emit<kernels::Copy>({rows, kept, row, row}, {}, {lowering_.input_ref(kState, element)},
                                            {lowering_.output_ref(1)}));
    }
    const auto one = static_cast<int32_t>(element);
    return lowering_.emit<kernels::Copy>({rows, one, one, row}, {}, {newest}, {lowering_.output_ref(1, kept)});
  }

  Status emit_units() {
    const int64_t units = lowering_.output().type.shape[1];
    const ir::Value& times = lowering_.input(kTimes);
    const FixedMultiplier fixed =
        quantize_multiplier(static_cast<double>(state_.scale * scale_of(kTimes) / output_.scale));
    const kernels::ChannelProductsS8::Params params{.batch = static_cast<int32_t>(batch_),
                                                    .channels = static_cast<int32_t>(units),
                                                    .depth = static_cast<int32_t>(filters_ / units * memory_),
                                                    .input_dtype = static_cast<int32_t>(state_dtype_),
                                                    .input_zero_point = state_.zero_point,
                                                    .multiplier = fixed.multiplier,
                                                    .shift = fixed.shift,
                                                    .output_zero_point = output_.zero_point};
    const std::vector<int16_t> weights =
        times.type.dtype == DType::kI8 ? widened(times.data->to_vector<int8_t>()) : times.data->to_vector<int16_t>();
    const std::vector<int32_t> bias = lowering_.has_input(kBias) ? lowering_.input(kBias).data->to_vector<int32_t>()
                                                                 : std::vector<int32_t>(static_cast<size_t>(units), 0);
    return lowering_.emit<kernels::ChannelProductsS8>(
        params, {kernels::make_blob(DType::kI16, weights), kernels::make_blob(DType::kI32, bias)},
        {{.value = lowering_.node().outputs[1]}}, {lowering_.output_ref()});
  }

  static std::vector<int16_t> widened(const std::vector<int8_t>& values) { return {values.begin(), values.end()}; }

  Lowering& lowering_;
  int64_t batch_, filters_, memory_;
  DType state_dtype_;
  Affine input_, state_, output_;
};

}  // namespace

Status lower_svdf(Lowering& lowering) {
  return IntegerSvdf(lowering).run();
}

}  // namespace tmc::select
