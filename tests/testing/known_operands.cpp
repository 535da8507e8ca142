// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "testing/known_operands.hpp"

#include <string_view>

#include "tmc/ops/op/detection_post_process.hpp"
#include "tmc/ops/op/grid_sample.hpp"
#include "tmc/ops/op/iir.hpp"
#include "tmc/ops/op/non_max_suppression.hpp"
#include "tmc/ops/op/roi_align.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/ops/op/signal_energy.hpp"
#include "tmc/ops/op/signal_filter_bank.hpp"
#include "tmc/ops/op/signal_irfft.hpp"
#include "tmc/ops/op/signal_noise_estimate.hpp"
#include "tmc/ops/op/signal_overlap_add.hpp"
#include "tmc/ops/op/signal_pcan.hpp"
#include "tmc/ops/op/signal_scale.hpp"
#include "tmc/ops/op/signal_square_root.hpp"
#include "tmc/ops/op/soft_non_max_suppression.hpp"
#include "tmc/ops/op/sound_logs.hpp"

namespace tmc::testing {
namespace {

int64_t roll(std::mt19937& rng, int64_t low, int64_t high) {
  return std::uniform_int_distribution<int64_t>(low, high)(rng);
}

// The operands of a signal operator that any shapes hardly are; the first among them. None where the operator is
// another.
std::vector<ops::TensorType> signal_types(std::mt19937& rng, const ops::OpInfo& info) {
  if (!std::string_view(info.name).starts_with("signal_")) return {};
  const int64_t n = roll(rng, 1, 7);
  const auto vector_of = [](DType dtype, int64_t elements) { return ops::TensorType{dtype, Shape::of(elements)}; };
  if (&info == &ops::op_info<ops::SignalScale>()) return {vector_of(DType::kI16, n), {DType::kI32, Shape()}};
  if (&info == &ops::op_info<ops::SignalEnergy>()) return {vector_of(DType::kI16, 2 * n)};
  if (&info == &ops::op_info<ops::SignalSquareRoot>()) return {vector_of(DType::kU64, n), {DType::kI32, Shape()}};
  const std::vector<ops::TensorType> channels(2, vector_of(DType::kU32, n));
  if (&info == &ops::op_info<ops::SignalNoiseEstimate>()) return channels;
  if (&info == &ops::op_info<ops::SignalPcan>()) return {channels[0], channels[1], vector_of(DType::kI16, 125)};
  if (&info == &ops::op_info<ops::SignalIrfft>()) return {{DType::kI16, Shape::of(n, 514)}};
  if (&info == &ops::op_info<ops::SignalOverlapAdd>()) {
    const DType dtype = roll(rng, 0, 1) == 0 ? DType::kI16 : DType::kF32;
    return {{dtype, Shape::of(2, n, 7)}, {dtype, Shape::of(2, 6)}};
  }
  if (&info != &ops::op_info<ops::SignalFilterBank>()) return {};
  std::vector<ops::TensorType> types(ops::SignalFilterBank::kInputs, vector_of(DType::kI16, n + 1));
  types[0] = vector_of(DType::kU32, 9);
  types[ops::SignalFilterBank::kWeights] = types[ops::SignalFilterBank::kUnweights] = vector_of(DType::kI16, 10);
  return types;
}

// The operands of an operator that finds something in images; the first among them. None where the operator is another.
std::vector<ops::TensorType> image_types(std::mt19937& rng, const ops::OpInfo& info) {
  const int64_t n = roll(rng, 1, 5), boxes = roll(rng, 1, 7), classes = roll(rng, 1, 3);
  const auto real = [](const Shape& shape) { return ops::TensorType{DType::kF32, shape}; };
  const ops::TensorType one = real(Shape());
  if (&info == &ops::op_info<ops::NonMaxSuppression>()) {
    return {real(Shape::of(n, boxes, 4)), real(Shape::of(n, classes, boxes)), {DType::kI64, Shape()}, one, one};
  }
  if (&info == &ops::op_info<ops::SoftNonMaxSuppression>()) {
    return {real(Shape::of(boxes, 4)), real(Shape::of(boxes)), one, one, one};
  }
  if (&info == &ops::op_info<ops::DetectionPostProcess>()) {
    const auto either = [&](const Shape& shape) {
      return ops::TensorType{roll(rng, 0, 1) == 0 ? DType::kF32 : DType::kI8, shape};
    };
    return {either(Shape::of(1, boxes, 4)), either(Shape::of(1, boxes, classes)), either(Shape::of(boxes, 4))};
  }
  if (&info == &ops::op_info<ops::GridSample>()) {
    return {real(Shape::of(n, classes, boxes, 4)), real(Shape::of(n, 3, boxes, 2))};
  }
  if (&info != &ops::op_info<ops::RoiAlign>()) return {};
  return {real(Shape::of(n, classes, boxes, 4)), real(Shape::of(2, 4)), {DType::kI64, Shape::of(2)}};
}

}  // namespace

std::vector<ops::TensorType> known_operands(std::mt19937& rng, const ops::OpInfo& info) {
  if (&info == &ops::op_info<ops::Iir>()) {
    return {{DType::kF32, Shape::of(roll(rng, 1, 3), roll(rng, 1, 7))}, {DType::kF32, Shape::of(roll(rng, 1, 2), 5)}};
  }
  if (&info == &ops::op_info<ops::RotaryEmbedding>()) {
    const int64_t length = roll(rng, 1, 5);
    const ops::TensorType angles{DType::kF32, Shape::of(length, roll(rng, 0, 1) == 0 ? 1 : 6)};
    return {{roll(rng, 0, 1) == 0 ? DType::kF32 : DType::kI8, Shape::of(roll(rng, 1, 2), length, 12)}, angles, angles};
  }
  if (&info == &ops::op_info<ops::SoundLogs>()) {
    const int64_t bands = roll(rng, 1, 7);
    const int64_t features = roll(rng, 1, bands);
    const ops::TensorType weights{DType::kI16, Shape::of(features, roll(rng, 0, 1) == 0 ? 1 : bands)};
    return {{DType::kU32, Shape::of(roll(rng, 1, 3), bands)}, weights, {DType::kI32, Shape::of(features, 2)}};
  }
  const auto of_signals = signal_types(rng, info);
  return of_signals.empty() ? image_types(rng, info) : of_signals;
}

}  // namespace tmc::testing
