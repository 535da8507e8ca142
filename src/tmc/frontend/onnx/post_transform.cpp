// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/post_transform.hpp"

#include "tmc/frontend/onnx/chain.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

namespace {

constexpr const char* kNames[] = {"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"};

// Winitzki's approximation in the constants and the order of onnxruntime:
// sign * sqrt(2) * sqrt(sqrt(v * v - l / 0.147) - v), where l = log(1 - x^2), v = 2 / (0.147 pi) + l / 2, x = 2 y - 1.
Result<ValueId> append_probit(ImportContext& context, ValueId scores) {
  constexpr float kShape = 0.147F;
  constexpr float kPi = 3.14159F;
  Chain chain(context);
  TMC_ASSIGN(const ValueId doubled, chain.with("_doubled", ops::Mul{}, scores, 2));
  TMC_ASSIGN(const ValueId x, chain.with("_centred", ops::Sub{}, doubled, 1));
  TMC_ASSIGN(const ValueId above, chain.with("_above", ops::Add{}, x, 1));
  TMC_ASSIGN(const ValueId mirrored, chain.unary("_mirrored", ops::Neg{}, x));
  TMC_ASSIGN(const ValueId below, chain.with("_below", ops::Add{}, mirrored, 1));
  TMC_ASSIGN(const ValueId product, chain.binary("_product", ops::Mul{}, below, above));
  TMC_ASSIGN(const ValueId log, chain.unary("_log", ops::Log{}, product));
  TMC_ASSIGN(const ValueId half, chain.with("_half", ops::Mul{}, log, 0.5F));
  TMC_ASSIGN(const ValueId v, chain.with("_v", ops::Add{}, half, 2 / (kPi * kShape)));
  TMC_ASSIGN(const ValueId scaled, chain.with("_scaled", ops::Mul{}, log, 1 / kShape));
  TMC_ASSIGN(const ValueId squared, chain.binary("_squared", ops::Mul{}, v, v));
  TMC_ASSIGN(const ValueId inner, chain.binary("_inner", ops::Sub{}, squared, scaled));
  TMC_ASSIGN(const ValueId root, chain.unary("_root", ops::Sqrt{}, inner));
  TMC_ASSIGN(const ValueId rest, chain.binary("_rest", ops::Sub{}, root, v));
  TMC_ASSIGN(const ValueId size, chain.unary("_size", ops::Sqrt{}, rest));
  TMC_ASSIGN(const ValueId sign, chain.unary("_sign", ops::Sign{}, x));
  TMC_ASSIGN(const ValueId inverse, chain.binary("_inverse", ops::Mul{}, sign, size));
  return chain.with("_probit", ops::Mul{}, inverse, 1.41421356F);
}

// Softmax of what is not zero; zeros, up to a small number, stay what they are but for a factor.
Result<ValueId> append_softmax_zero(ImportContext& context, ValueId scores) {
  constexpr float kZero = 0.0000001F;
  Chain chain(context);
  TMC_ASSIGN(const ValueId size, chain.unary("_size", ops::Abs{}, scores));
  TMC_ASSIGN(const ValueId counts, chain.with("_counts", ops::Greater{}, size, kZero));
  TMC_ASSIGN(const ValueId largest, chain.unary("_largest", ops::ReduceMax{{1}, true}, scores));
  TMC_ASSIGN(const ValueId rest, chain.binary("_rest", ops::Sub{}, scores, largest));
  TMC_ASSIGN(const ValueId exponential, chain.unary("_exponential", ops::Exp{}, rest));
  TMC_ASSIGN(const ValueId mirrored, chain.unary("_mirrored", ops::Neg{}, largest));
  TMC_ASSIGN(const ValueId factor, chain.unary("_factor", ops::Exp{}, mirrored));
  TMC_ASSIGN(const ValueId zeros, chain.binary("_zeros", ops::Mul{}, scores, factor));
  TMC_ASSIGN(const ValueId parts, context.append("_parts", ops::Where{}, {counts, exponential, zeros}));
  const ValueId zero = context.append_scalar("_zero", 0);
  TMC_ASSIGN(const ValueId counted, context.append("_counted", ops::Where{}, {counts, exponential, zero}));
  TMC_ASSIGN(const ValueId sum, chain.unary("_sum", ops::ReduceSum{{1}, true}, counted));
  return chain.binary("_shares", ops::Div{}, parts, sum);
}

}  // namespace

Result<PostTransform> post_transform_of(int64_t number) {
  if (number >= 0 && number < std::ssize(kNames)) return static_cast<PostTransform>(number);
  return error(Error::kMalformed, "its post_transform is {}", number);
}

Result<PostTransform> read_post_transform(ImportContext& context) {
  TMC_ASSIGN(const std::string name, context.attributes().text("post_transform", "NONE"));
  for (int64_t number = 0; number < std::ssize(kNames); ++number) {
    if (name == kNames[number]) return post_transform_of(number);
  }
  return error(Error::kMalformed, "its post_transform is '{}'", name);
}

Result<ValueId> append_transformed(ImportContext& context, ValueId scores, PostTransform transform) {
  switch (transform) {
    case PostTransform::kSoftmax:
      return context.append("_softmax", ops::Softmax{.axis = 1}, {scores});
    case PostTransform::kLogistic:
      return context.append("_logistic", ops::Sigmoid{}, {scores});
    case PostTransform::kSoftmaxZero:
      return append_softmax_zero(context, scores);
    case PostTransform::kProbit:
      return append_probit(context, scores);
    default:
      return scores;
  }
}

Result<ValueId> append_transformed_single(ImportContext& context, ValueId scores, PostTransform transform) {
  return append_transformed(context, scores, transform == PostTransform::kProbit ? transform : PostTransform::kNone);
}

Result<ValueId> append_first_of_two(ImportContext& context, ValueId score, bool mirrored, PostTransform transform) {
  Chain chain(context);
  const bool is_logistic = transform == PostTransform::kLogistic;
  ValueId first = ir::ValueId::kNone;
  ValueId second = score;
  if (mirrored) {
    TMC_ASSIGN(first, chain.unary("_opposite", ops::Neg{}, score));
    if (is_logistic) {
      TMC_ASSIGN(first, chain.unary("_opposite_logistic", ops::Sigmoid{}, first));
      TMC_ASSIGN(second, chain.unary("_logistic", ops::Sigmoid{}, score));
    }
  } else {
    if (is_logistic) {
      TMC_ASSIGN(second, chain.unary("_logistic", ops::Sigmoid{}, score));
    }
    const ValueId one = context.append_scalar("_one", 1);
    TMC_ASSIGN(first, chain.binary("_rest_of_one", ops::Sub{}, one, second));
  }
  return context.append("_both", ops::Concat{.axis = 1}, {first, second});
}

}  // namespace tmc::frontend::onnx_format
