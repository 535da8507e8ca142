// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/svm.hpp"

#include <algorithm>

#include "tmc/frontend/onnx/chain.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;
using Kernel = SupportVectors::Kernel;

constexpr const char* kKernels[] = {"LINEAR", "POLY", "RBF", "SIGMOID"};
constexpr int64_t kDifferences = 4096;  // of rows and vectors that are in memory at a time
constexpr int64_t kMostBlocks = 64;

Result<Kernel> read_kernel(ImportContext& context) {
  TMC_ASSIGN(const std::string name, context.attributes().text("kernel_type", "LINEAR"));
  const auto* found = std::ranges::find(kKernels, name);
  if (found != std::end(kKernels)) return static_cast<Kernel>(found - kKernels);
  return error(Error::kMalformed, "its kernel_type is '{}'", name);
}

// exp(-gamma |x - v|^2). The distances are taken of differences, since squares and products that are taken apart may
// cancel; a block of vectors at a time, since the differences of all would fill the memory.
Result<ValueId> append_rbf(ImportContext& context, ValueId rows, const SupportVectors& support) {
  const Shape& shape = context.type(rows).shape;
  const int64_t features = shape[1];
  const int64_t least = (support.count + kMostBlocks - 1) / kMostBlocks;
  const int64_t block = std::max({least, kDifferences / std::max<int64_t>(shape[0] * features, 1), int64_t{1}});
  TMC_ASSIGN(const ValueId each, context.append("_each", ops::Reshape{{shape[0], 1, features}}, {rows}));
  std::vector<ValueId> distances;
  for (int64_t begin = 0; begin < support.count; begin += block) {
    const int64_t size = std::min(block, support.count - begin);
    const std::string number = std::to_string(distances.size());
    const auto from = support.vectors.begin() + begin * features;
    TMC_ASSIGN(const ValueId vectors, append_reals(context, "_vectors" + number, Shape::of(1, size, features),
                                                   {from, from + size * features}));
    TMC_ASSIGN(const ValueId difference, context.append("_difference" + number, ops::Sub{}, {each, vectors}));
    TMC_ASSIGN(distances.emplace_back(),
               context.append("_distance" + number, ops::ReduceSumSquare{{2}, false}, {difference}));
  }
  ValueId all = distances[0];
  if (distances.size() > 1) {
    TMC_ASSIGN(all, context.append("_distances", ops::Concat{.axis = 1}, std::move(distances)));
  }
  Chain chain(context);
  TMC_ASSIGN(const ValueId exponent, chain.with("_exponent", ops::Mul{}, all, -support.gamma));
  return chain.unary("_kernels", ops::Exp{}, exponent);
}

Result<ValueId> append_power(ImportContext& context, ValueId x, float degree) {
  Chain chain(context);
  if (degree == 1) return x;
  if (degree != 2 && degree != 3) return chain.with("_kernels", ops::Pow{}, x, degree);
  TMC_ASSIGN(const ValueId square, chain.binary("_square", ops::Mul{}, x, x));
  return degree == 2 ? Result<ValueId>(square) : chain.binary("_kernels", ops::Mul{}, square, x);
}

// [outputs, features] of a linear kernel.
std::vector<float> multiplied_out(const SupportVectors& support, const std::vector<float>& coefficients,
                                  int64_t outputs, int64_t features) {
  std::vector<float> weights;
  for (int64_t output = 0; output < outputs; ++output) {
    std::vector<double> sums(static_cast<size_t>(features), 0);
    for (int64_t i = 0; i < support.count; ++i) {
      const auto factor = static_cast<double>(coefficients[static_cast<size_t>(output * support.count + i)]);
      const float* vector = support.vectors.data() + i * features;
      for (size_t at = 0; at < sums.size(); ++at) sums[at] += factor * static_cast<double>(vector[at]);
    }
    weights.insert(weights.end(), sums.begin(), sums.end());
  }
  return weights;
}

}  // namespace

Result<SupportVectors> read_support_vectors(ImportContext& context, int64_t count) {
  SupportVectors support;
  support.count = count;
  TMC_ASSIGN(support.kernel, read_kernel(context));
  TMC_ASSIGN(const std::vector<float> parameters, context.attributes().reals("kernel_params"));
  TMC_ASSIGN(support.vectors, context.attributes().reals("support_vectors"));
  if (!parameters.empty()) {
    if (parameters.size() != 3) return error(Error::kMalformed, "it has {} kernel_params, not 3", parameters.size());
    support.gamma = parameters[0];
    support.coef0 = parameters[1];
    support.degree = parameters[2];
  }
  if (count == 0) {
    support.kernel = Kernel::kLinear;
    support.vectors.clear();
    return support;
  }
  TMC_ASSIGN(const ValueId rows, input_rows(context));
  const int64_t features = context.type(rows).shape[1];
  if (count < 0 || count > std::ssize(support.vectors) || std::ssize(support.vectors) / count != features ||
      std::ssize(support.vectors) % count != 0) {
    return error(Error::kMalformed, "it has {} numbers for {} vectors of {} features", support.vectors.size(), count,
                 features);
  }
  return support;
}

Result<ValueId> append_kernels(ImportContext& context, const SupportVectors& support) {
  TMC_ASSIGN(const ValueId rows, input_rows(context));
  if (support.kernel == Kernel::kRbf) return append_rbf(context, rows, support);
  const Shape shape = Shape::of(support.count, context.type(rows).shape[1]);
  TMC_ASSIGN(const ValueId vectors, append_reals(context, "_vectors", shape, support.vectors));
  TMC_ASSIGN(const ValueId products, context.append("_products", ops::FullyConnected{}, {rows, vectors}));
  Chain chain(context);
  TMC_ASSIGN(const ValueId scaled, chain.with("_scaled", ops::Mul{}, products, support.gamma));
  TMC_ASSIGN(const ValueId moved, chain.with("_moved", ops::Add{}, scaled, support.coef0));
  if (support.kernel == Kernel::kSigmoid) return chain.unary("_kernels", ops::Tanh{}, moved);
  return append_power(context, moved, support.degree);
}

Result<ValueId> append_machines(ImportContext& context, const SupportVectors& support,
                                const std::vector<float>& coefficients, const std::vector<float>& biases) {
  const auto outputs = static_cast<int64_t>(biases.size());
  TMC_ASSIGN(const ValueId rows, input_rows(context));
  const int64_t features = context.type(rows).shape[1];
  std::vector<float> weights = coefficients;
  ValueId operand = rows;
  if (support.kernel != Kernel::kLinear) {
    TMC_ASSIGN(operand, append_kernels(context, support));
  } else if (support.count > 0) {
    TMC_TRY(context.budget().take_computed({DType::kF32, Shape::of(outputs, features)}));
    weights = multiplied_out(support, coefficients, outputs, features);
  }
  const Shape shape = Shape::of(outputs, context.type(operand).shape[1]);
  TMC_ASSIGN(const ValueId matrix, append_reals(context, "_coefficients", shape, weights));
  TMC_ASSIGN(const ValueId bias, append_reals(context, "_rho", Shape::of(outputs), biases));
  return context.append("_machines", ops::FullyConnected{}, {operand, matrix, bias});
}

// Of libsvm's multiclass_probability for two classes, where q = 1 - v and the shares are p and 1 - p: a round begins
// where |p - v| max(p, 1 - p) is a fourth of a hundredth at least; it minimises along one share, then the other.
Result<ValueId> append_two_probabilities(ImportContext& context, ValueId score, float a, float b) {
  constexpr float kEnough = 0.0025F;
  constexpr double kLeast = 1e-7;
  Chain chain(context);
  TMC_ASSIGN(const ValueId scaled, chain.with("_platt_scaled", ops::Mul{}, score, -a));
  TMC_ASSIGN(const ValueId exponent, chain.with("_platt_moved", ops::Sub{}, scaled, b));
  TMC_ASSIGN(const ValueId logistic, chain.unary("_platt", ops::Sigmoid{}, exponent));
  TMC_ASSIGN(const ValueId v, chain.unary("_estimate", ops::Clip{kLeast, 1 - kLeast}, logistic));
  const ValueId one = context.append_scalar("_whole", 1);
  TMC_ASSIGN(const ValueId q, chain.binary("_opposite", ops::Sub{}, one, v));
  TMC_ASSIGN(const ValueId vv, chain.binary("_estimate_squared", ops::Mul{}, v, v));
  TMC_ASSIGN(const ValueId qq, chain.binary("_opposite_squared", ops::Mul{}, q, q));
  ValueId p = context.append_scalar("_half", 0.5F);
  for (int round = 0; round < 2; ++round) {
    TMC_ASSIGN(const ValueId off, chain.binary("_off", ops::Sub{}, p, v));
    TMC_ASSIGN(const ValueId rest, chain.binary("_rest", ops::Sub{}, one, p));
    TMC_ASSIGN(const ValueId size, chain.unary("_size", ops::Abs{}, off));
    TMC_ASSIGN(const ValueId larger, chain.binary("_larger", ops::Max{}, p, rest));
    TMC_ASSIGN(const ValueId fault, chain.binary("_fault", ops::Mul{}, size, larger));
    TMC_ASSIGN(const ValueId is_done, chain.with("_is_done", ops::Less{}, fault, kEnough));
    TMC_ASSIGN(const ValueId slope, chain.binary("_slope", ops::Mul{}, off, rest));
    TMC_ASSIGN(const ValueId step, chain.binary("_step", ops::Div{}, slope, qq));
    TMC_ASSIGN(const ValueId less, chain.binary("_less", ops::Sub{}, p, step));
    TMC_ASSIGN(const ValueId whole, chain.binary("_sum", ops::Sub{}, one, step));
    TMC_ASSIGN(const ValueId share, chain.binary("_share", ops::Div{}, less, whole));
    TMC_ASSIGN(const ValueId off2, chain.binary("_off_then", ops::Sub{}, share, v));
    TMC_ASSIGN(const ValueId slope2, chain.binary("_slope_then", ops::Mul{}, off2, share));
    TMC_ASSIGN(const ValueId step2, chain.binary("_step_then", ops::Div{}, slope2, vv));
    TMC_ASSIGN(const ValueId whole2, chain.with("_sum_then", ops::Add{}, step2, 1));
    TMC_ASSIGN(const ValueId next, chain.binary("_share_then", ops::Div{}, share, whole2));
    TMC_ASSIGN(p, context.append("_probability", ops::Where{}, {is_done, p, next}));
  }
  TMC_ASSIGN(const ValueId other, chain.binary("_other", ops::Sub{}, one, p));
  return context.append("_both", ops::Concat{.axis = 1}, {p, other});
}

}  // namespace tmc::frontend::onnx_format
