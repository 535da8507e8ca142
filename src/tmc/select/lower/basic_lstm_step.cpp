// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/basic_lstm_step.hpp"

#include <algorithm>

#include "tmc/function/binary/add.hpp"
#include "tmc/kernels/contract/basic_lstm_s16.hpp"
#include "tmc/kernels/contract/family/join.hpp"
#include "tmc/kernels/contract/requantize.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/broadcast.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/integer_recurrent.hpp"

namespace tmc::select {
namespace {

// As LiteRT prepares it (lstm.cc, basic::Eval).
class BasicLstmStep {
 public:
  explicit BasicLstmStep(Lowering& lowering)
      : lowering_(lowering),
        batch_(static_cast<int32_t>(lowering.input(0).type.shape[0])),
        depth_(static_cast<int32_t>(lowering.input(0).type.shape[1])),
        hidden_(static_cast<int32_t>(lowering.input(3).type.shape[1])) {}

  Status run() {
    TMC_TRY(check());
    TMC_ASSIGN(const Ref sums, emit_sums());
    TMC_TRY(emit_numbers(sums));
    const Ref gates = lowering_.output_ref(2);
    const int32_t units = batch_ * hidden_;
    TMC_TRY(lowering_.emit<kernels::BasicLstmStateS16>({batch_, hidden_, 4 * units, units, units}, {},
                                                       {gates, lowering_.input_ref(3)}, {lowering_.output_ref(1)}));
    return lowering_.emit<kernels::BasicLstmOutputS8>({batch_, hidden_, 4 * units, units, units}, {},
                                                      {gates, lowering_.output_ref(1)}, {lowering_.output_ref(0)});
  }

 private:
  Status check() const {
    TMC_ASSIGN(const Affine cell, affine_of(lowering_.input(3), DType::kI16));
    if (cell.scale != 1.0F / 2048 || cell.zero_point != 0) {
      return error(Error::kUnsupportedType, "its cell '{}' is not in steps of 2^-11", lowering_.input(3).name);
    }
    if (lowering_.input(1).is_constant() && lowering_.input(2).is_constant()) return {};
    return error(Error::kUnsupportedType, "its weights '{}' are computed", lowering_.input(1).name);
  }

  // Weights less their zero point, where need be in two parts that int8 holds.
  Result<Ref> emit_sums() {
    TMC_ASSIGN(const Affine affine, affine_of(lowering_.input(1)));
    std::vector<int8_t> weights, rest;
    for (const int8_t stored : lowering_.input(1).data->to_vector<int8_t>()) {
      const int32_t weight = stored - affine.zero_point;
      if (weight > 2 * INT8_MAX) {
        return error(Error::kUnsupportedType, "its weights '{}' reach {} steps from zero, of which two bytes hold {}",
                     lowering_.input(1).name, weight, 2 * INT8_MAX);
      }
      weights.push_back(static_cast<int8_t>(std::clamp(weight, INT8_MIN, INT8_MAX)));
      rest.push_back(static_cast<int8_t>(weight - weights.back()));
    }
    const auto bias = lowering_.input(2).data->to_vector<int32_t>();
    if (std::ranges::all_of(rest, [](int8_t weight) { return weight == 0; })) {
      return emit_product(".sums", weights, bias);
    }
    TMC_ASSIGN(const Ref most, emit_product(".sums", weights, bias));
    TMC_ASSIGN(const Ref others, emit_product(".rest", rest, std::vector<int32_t>(bias.size(), 0)));
    const Ref all =
        lowering_.add_temporary(".all", int64_t{batch_} * 4 * hidden_ * int64_t{sizeof(int32_t)}, DType::kI32);
    using Add = kernels::Join<function::Add, int32_t>;
    Add::Params params{};
    set_activation_range(params, ops::Activation::kNone);
    const Shape shape = Shape::of(int64_t{batch_}, int64_t{4} * hidden_);
    TMC_TRY(set_broadcast_params(params, shape, shape, shape));
    TMC_TRY(lowering_.emit<Add>(params, {}, {most, others}, {all}));
    return all;
  }

  Result<Ref> emit_product(const std::string& suffix, const std::vector<int8_t>& weights,
                           const std::vector<int32_t>& bias) {
    return emit_dense_sums(lowering_, suffix, {batch_, depth_, 4 * hidden_, 0}, weights, bias, lowering_.input_ref(0));
  }

  Status emit_numbers(const Ref& sums) {
    const ir::Value& bias = lowering_.input(2);
    if (bias.quantization.empty() || bias.quantization.per_axis()) {
      return error(Error::kUnsupportedType, "its bias '{}' has not one scale", bias.name);
    }
    const FixedMultiplier fixed = quantize_multiplier(4096 * static_cast<double>(bias.quantization.scale()));
    const kernels::RequantizeS32::Params params{.elements = batch_ * 4 * hidden_,
                                                .input_dtype = static_cast<int32_t>(DType::kI32),
                                                .output_dtype = static_cast<int32_t>(DType::kI16),
                                                .input_zero_point = 0,
                                                .output_zero_point = 0,
                                                .multiplier = fixed.multiplier,
                                                .shift = fixed.shift,
                                                .activation_min = INT16_MIN,
                                                .activation_max = INT16_MAX};
    return lowering_.emit<kernels::RequantizeS32>(params, {}, {sums}, {lowering_.output_ref(2)});
  }

  Lowering& lowering_;
  int32_t batch_, depth_, hidden_;
};

}  // namespace

Status lower_basic_lstm_step(Lowering& lowering) {
  return BasicLstmStep(lowering).run();
}

}  // namespace tmc::select
