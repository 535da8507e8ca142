// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/chain.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/svm.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/pairwise_coupling.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// A machine for every pair of classes (i, j), i before j, which is positive for i; each class has vectors of its own.
class VectorClassifier {
 public:
  VectorClassifier(ImportContext& context, std::vector<int64_t> labels, PostTransform transform)
      : context_(context), labels_(std::move(labels)), transform_(transform), classes_(std::ssize(labels_)) {}

  Status run(std::vector<int64_t> vectors_per_class) {
    counts_ = std::move(vectors_per_class);
    TMC_TRY(read());
    if (classes_ == 2) {
      TMC_ASSIGN(scores_, append_machines(context_, support_, coefficients_, {rho_[0]}));
      // A positive score is one for the first class.
      TMC_TRY(finish_binary_labels(context_, scores_, 0, {labels_[1], labels_[0]}));
      return finish_two();
    }
    TMC_ASSIGN(scores_, append_pairs());
    TMC_TRY(finish_votes());
    if (!context_.has_output(1)) return {};
    ValueId scores = scores_;
    if (!a_.empty()) {
      TMC_ASSIGN(scores, append_probabilities());
    }
    TMC_ASSIGN(const ValueId transformed, append_transformed(context_, scores, transform_));
    return finish_copy(context_, 1, transformed);
  }

 private:
  Status read() {
    const Attributes attributes = context_.attributes();
    int64_t count = 0;
    for (const int64_t own : counts_) {
      if (own < 0 || own > INT32_MAX) return error(Error::kMalformed, "a class has {} vectors", own);
      count += own;
    }
    TMC_ASSIGN(support_, read_support_vectors(context_, count));
    TMC_ASSIGN(coefficients_, attributes.reals("coefficients"));
    TMC_ASSIGN(rho_, attributes.reals("rho"));
    TMC_ASSIGN(a_, attributes.reals("prob_a"));
    TMC_ASSIGN(b_, attributes.reals("prob_b"));
    const int64_t pairs = classes_ * (classes_ - 1) / 2;
    const bool fits = std::ssize(counts_) == classes_ && classes_ > 1 && std::ssize(rho_) >= pairs &&
                      std::ssize(coefficients_) / (classes_ - 1) == count && a_.size() == b_.size() &&
                      (a_.empty() || std::ssize(a_) >= pairs);
    if (fits) return {};
    return error(Error::kMalformed, "it has {} classes, {} lists of vectors, {} coefficients, {} rho and {} prob_a",
                 classes_, counts_.size(), coefficients_.size(), rho_.size(), a_.size());
  }

  Status finish_two() {
    if (!context_.has_output(1)) return {};
    if (!a_.empty()) {
      TMC_ASSIGN(const ValueId both, append_two_probabilities(context_, scores_, a_[0], b_[0]));
      TMC_ASSIGN(const ValueId transformed, append_transformed(context_, both, transform_));
      return finish_copy(context_, 1, transformed);
    }
    if (transform_ == PostTransform::kProbit) {
      return error(Error::kUnsupportedOp, "its one score is a probit, which leaves the other class without one")
          .with_hint("export the model without the transform");
    }
    const bool is_mirrored = transform_ == PostTransform::kNone;
    TMC_ASSIGN(const ValueId both, append_first_of_two(context_, scores_, is_mirrored, transform_));
    return finish_copy(context_, 1, both);
  }

  // [rows, classes * (classes - 1)]: of each class, its vectors times their coefficients for each other class.
  Result<ValueId> append_parts() {
    TMC_ASSIGN(const ValueId kernels, append_kernels(context_, support_));
    std::vector<ValueId> parts;
    int64_t begin = 0;
    for (const int64_t own : counts_) {
      const std::string number = std::to_string(parts.size());
      if (own == 0) {
        return error(Error::kUnsupportedOp, "class {} has no vectors", number).with_hint("export it without the class");
      }
      ops::Slice slice = ops::Slice::whole(context_.type(kernels).shape);
      slice.read(1, begin, own);
      std::vector<float> weights;
      for (int64_t row = 0; row + 1 < classes_; ++row) {
        const auto from = coefficients_.begin() + row * support_.count + begin;
        weights.insert(weights.end(), from, from + own);
      }
      TMC_ASSIGN(const ValueId part, context_.append("_kernels" + number, slice, {kernels}));
      TMC_ASSIGN(const ValueId matrix,
                 append_reals(context_, "_coefficients" + number, Shape::of(classes_ - 1, own), weights));
      TMC_ASSIGN(parts.emplace_back(), context_.append("_sums" + number, ops::FullyConnected{}, {part, matrix}));
      begin += own;
    }
    return context_.append("_parts", ops::Concat{.axis = 1}, std::move(parts));
  }

  // [rows, pairs]
  Result<ValueId> append_pairs() {
    if (support_.kernel == SupportVectors::Kernel::kLinear) return append_linear_pairs();
    TMC_ASSIGN(const ValueId parts, append_parts());
    std::vector<int64_t> first, second;
    for_pairs([&](int64_t i, int64_t j) {
      first.push_back(i * (classes_ - 1) + j - 1);
      second.push_back(j * (classes_ - 1) + i);
    });
    ops::Gather of_first, of_second;
    of_first.read(1, first);
    of_second.read(1, second);
    TMC_ASSIGN(const ValueId a, context_.append("_of_first", of_first, {parts}));
    TMC_ASSIGN(const ValueId b, context_.append("_of_second", of_second, {parts}));
    TMC_ASSIGN(const ValueId sum, context_.append("_pair_sums", ops::Add{}, {a, b}));
    TMC_ASSIGN(const ValueId rho,
               append_reals(context_, "_rho", Shape::of(pairs()), {rho_.begin(), rho_.begin() + pairs()}));
    return context_.append("_pairs", ops::Add{}, {sum, rho});
  }

  Result<ValueId> append_linear_pairs() {
    TMC_TRY(context_.budget().take_computed({DType::kF32, Shape::of(pairs(), support_.count)}));
    std::vector<int64_t> begins = {0};
    for (const int64_t own : counts_) begins.push_back(begins.back() + own);
    std::vector<float> coefficients;
    for_pairs([&](int64_t i, int64_t j) {
      const size_t row = coefficients.size();
      coefficients.resize(row + static_cast<size_t>(support_.count), 0);
      const auto copy = [&](int64_t of, int64_t from) {
        for (int64_t at = begins[static_cast<size_t>(of)]; at < begins[static_cast<size_t>(of) + 1]; ++at) {
          coefficients[row + static_cast<size_t>(at)] = coefficients_[static_cast<size_t>(from * support_.count + at)];
        }
      };
      copy(i, j - 1);
      copy(j, i);
    });
    return append_machines(context_, support_, coefficients, {rho_.begin(), rho_.begin() + pairs()});
  }

  // Those of all pairs by Platt's logistic functions, of which the probabilities of the classes are made.
  Result<ValueId> append_probabilities() {
    const Shape shape = Shape::of(pairs());
    TMC_ASSIGN(const ValueId a, append_reals(context_, "_platt_a", shape, {a_.begin(), a_.begin() + pairs()}));
    TMC_ASSIGN(const ValueId b, append_reals(context_, "_platt_b", shape, {b_.begin(), b_.begin() + pairs()}));
    Chain chain(context_);
    TMC_ASSIGN(const ValueId scaled, chain.binary("_platt_scaled", ops::Mul{}, scores_, a));
    TMC_ASSIGN(const ValueId moved, chain.binary("_platt_moved", ops::Add{}, scaled, b));
    TMC_ASSIGN(const ValueId exponent, chain.unary("_platt_exponent", ops::Neg{}, moved));
    TMC_ASSIGN(const ValueId logistic, chain.unary("_platt", ops::Sigmoid{}, exponent));
    TMC_ASSIGN(const ValueId limited,
               chain.unary("_estimates", ops::Clip{kLeastEstimate, 1 - kLeastEstimate}, logistic));
    return context_.append("_probabilities", ops::PairwiseCoupling{classes_}, {limited});
  }

  static constexpr double kLeastEstimate = 1e-7;  // as in libsvm

  int64_t pairs() const { return classes_ * (classes_ - 1) / 2; }
  template <typename Use>
  void for_pairs(const Use& use) const {
    for (int64_t i = 0; i < classes_; ++i) {
      for (int64_t j = i + 1; j < classes_; ++j) use(i, j);
    }
  }

  // The class that wins most pairs, the first of several: a pair adds one to the first class, or leaves the second the
  // one that it has from the start.
  Status finish_votes() {
    if (!context_.has_output(0)) return {};
    TMC_TRY(context_.budget().take_computed({DType::kF32, Shape::of(classes_, pairs())}));
    std::vector<float> weights(static_cast<size_t>(classes_ * pairs()), 0), start(static_cast<size_t>(classes_), 0);
    int64_t pair = 0;
    for_pairs([&](int64_t i, int64_t j) {
      weights[static_cast<size_t>(i * pairs() + pair)] = 1;
      weights[static_cast<size_t>(j * pairs() + pair)] = -1;
      start[static_cast<size_t>(j)] += 1;
      ++pair;
    });
    Chain chain(context_);
    TMC_ASSIGN(const ValueId is_first, chain.with("_is_first", ops::Greater{}, scores_, 0));
    TMC_ASSIGN(const ValueId won, chain.unary("_won", ops::Cast{DType::kF32}, is_first));
    TMC_ASSIGN(const ValueId matrix, append_reals(context_, "_votes_of", Shape::of(classes_, pairs()), weights));
    TMC_ASSIGN(const ValueId bias, append_reals(context_, "_votes_before", Shape::of(classes_), start));
    TMC_ASSIGN(const ValueId votes, context_.append("_votes", ops::FullyConnected{}, {won, matrix, bias}));
    return finish_label_of_greatest(context_, votes, labels_);
  }

  ImportContext& context_;
  const std::vector<int64_t> labels_;
  const PostTransform transform_;
  const int64_t classes_;
  std::vector<int64_t> counts_;
  SupportVectors support_;
  std::vector<float> coefficients_, rho_, a_, b_;
  ValueId scores_ = ValueId::kNone;
};

// Without vectors: coefficients of the features for each class.
Status import_linear(ImportContext& context, const std::vector<int64_t>& labels, PostTransform transform) {
  TMC_ASSIGN(const SupportVectors support, read_support_vectors(context, 0));
  TMC_ASSIGN(const std::vector<float> coefficients, context.attributes().reals("coefficients"));
  TMC_ASSIGN(const std::vector<float> rho, context.attributes().reals("rho"));
  if (rho.empty() || labels.size() < 2) {
    return error(Error::kMalformed, "it has {} rho for {} classes", rho.size(), labels.size());
  }
  const std::vector<float> biases(labels.size(), rho[0]);
  TMC_ASSIGN(const ValueId scores, append_machines(context, support, coefficients, biases));
  if (labels.size() == 2 && context.has_output(0)) {
    return error(Error::kUnsupportedOp, "it is a linear machine of two classes without vectors")
        .with_hint("export it as a LinearClassifier");
  }
  TMC_TRY(finish_label_of_greatest(context, scores, labels));
  if (!context.has_output(1)) return {};
  TMC_ASSIGN(const ValueId transformed, append_transformed(context, scores, transform));
  return finish_copy(context, 1, transformed);
}

}  // namespace

// A label for every row, and the scores of the pairs of classes, or what two classes have of 1.
Status import_ml_SVM_classifier(ImportContext& context) {
  TMC_ASSIGN(std::vector<int64_t> labels, read_class_labels(context, "classlabels_ints", "classlabels_strings"));
  TMC_ASSIGN(const PostTransform transform, read_post_transform(context));
  TMC_ASSIGN(std::vector<int64_t> counts, context.attributes().integers("vectors_per_class"));
  const bool has_vectors = std::ranges::any_of(counts, [](int64_t count) { return count != 0; });
  if (!has_vectors) return import_linear(context, labels, transform);
  return VectorClassifier(context, std::move(labels), transform).run(std::move(counts));
}

}  // namespace tmc::frontend::onnx_format
