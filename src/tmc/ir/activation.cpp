// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/activation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"

namespace tmc::ir {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Activation kActivations[] = {Activation::kNone, Activation::kRelu, Activation::kRelu6,
                                       Activation::kReluN1To1};

// The elements that a clamp to `range` leaves, in the tensor's own numbers: integers where it is quantised.
RealRange elements_in(const RealRange& range, const TensorType& type, const Quantization& quantization) {
  if (quantization.empty()) return range;
  const auto quantize = [&](double bound) {
    const auto scaled = std::round(static_cast<float>(bound) / quantization.scale());
    return std::clamp<double>(static_cast<double>(scaled) + quantization.zero_point(), dtype_min(type.dtype),
                              dtype_max(type.dtype));
  };
  return {quantize(range.min), quantize(range.max)};
}

bool same(const RealRange& a, const RealRange& b) {
  return a.min == b.min && a.max == b.max;
}

}  // namespace

RealRange range_of(Activation activation) {
  switch (activation) {
    case Activation::kNone:
      return {-kInfinity, kInfinity};
    case Activation::kRelu:
      return {0, kInfinity};
    case Activation::kRelu6:
      return {0, 6};
    case Activation::kReluN1To1:
      return {-1, 1};
  }
  return {-kInfinity, kInfinity};
}

std::optional<RealRange> clamp_range(const AnyOp& op) {
  if (op.is<ops::Relu>()) return range_of(Activation::kRelu);
  if (const auto* clip = op.get_if<ops::Clip>()) return RealRange{clip->min, clip->max};
  return std::nullopt;
}

std::optional<Quantization> fixed_quantization(const AnyOp& op, DType dtype) {
  const ops::OpInfo& info = op.info();
  if (info.high != 1 || (info.low != 0 && info.low != -1)) return std::nullopt;
  if (dtype == DType::kI16) return Quantization::per_tensor(1.0F / 32768, 0);
  return info.low == 0 ? Quantization::per_tensor(1.0F / 256, -128) : Quantization::per_tensor(1.0F / 128, 0);
}

RealRange intersect(const RealRange& a, const RealRange& b) {
  return {std::max(a.min, b.min), std::min(a.max, b.max)};
}

bool holds_everything(const RealRange& range, const TensorType& type, const Quantization& quantization) {
  return activation_for(range, type, quantization) == Activation::kNone;
}

std::optional<Activation> activation_for(const RealRange& range, const TensorType& type,
                                         const Quantization& quantization) {
  if (quantization.per_axis() || (quantization.empty() && !dtype_is_float(type.dtype))) return std::nullopt;
  const RealRange wanted = elements_in(range, type, quantization);
  for (const Activation activation : kActivations) {
    if (same(wanted, elements_in(range_of(activation), type, quantization))) return activation;
  }
  return std::nullopt;
}

std::optional<Activation> activation_of(const AnyOp& op) {
  for (const ops::NamedValue& field : op.info().get_fields(op.attributes())) {
    if (field.name != std::string_view("activation")) continue;
    for (const Activation activation : kActivations) {
      if (std::get<std::string>(field.value) == ops::to_string(activation)) return activation;
    }
  }
  return std::nullopt;
}

AnyOp with_activation(const AnyOp& op, Activation activation) {
  const ops::NamedValue field{"activation", std::string(ops::to_string(activation))};
  return {op.info(), op.info().with_fields(op.attributes(), {&field, 1}).value()};
}

}  // namespace tmc::ir
