// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/trees.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;
using Labels = std::vector<int64_t>;

// The specification says little of two classes. What follows is what onnxruntime makes of them, whose answers models
// are tested with.
class Classifier {
 public:
  Classifier(ImportContext& context, Labels labels, PostTransform transform, FileTrees trees)
      : context_(context), labels_(std::move(labels)), transform_(transform), trees_(std::move(trees)) {}

  Status run() {
    const std::vector<float> base = std::move(trees_.base);
    trees_.base.clear();
    if (labels_.size() == 1 && !base.empty()) trees_.base = base;
    if (labels_.size() == 2) {
      const bool is_single = !has_weights(1) && base.size() < 2;
      if (is_single) trees_.targets = 1;
      trees_.base = own_base(base);
    }
    TMC_ASSIGN(scores_, append_trees(context_, trees_));
    if (labels_.size() == 1) return finish_one();
    if (labels_.size() == 2 && trees_.targets == 1) return finish_first();
    // That they are trees is known since they were appended.
    scored_ = scored_targets(trees_);
    if (labels_.size() > 2) return finish_many(base);
    for (const Scored scored : scored_) {
      if (scored == Scored::kSometimes) return refuse_partial();
    }
    if (scored_[1] == Scored::kNever) return finish_two_of_first();
    if (scored_[0] == Scored::kNever) return finish_second(base);
    return finish_both(base);
  }

 private:
  // Of two classes: what is added to the sums as such. Two base values of trees for both classes are not.
  std::vector<float> own_base(const std::vector<float>& base) const {
    std::vector<float> own(static_cast<size_t>(trees_.targets), 0);
    if (!base.empty() && has_weights(0) && (base.size() == 1 || !has_weights(1))) own[0] = base[0];
    return own;
  }

  bool has_weights(int64_t target) const {
    return std::ranges::any_of(trees_.leaves, [&](const std::vector<LeafWeight>& leaf) {
      return std::ranges::any_of(leaf, [&](const LeafWeight& weight) { return weight.target == target; });
    });
  }

  static Status refuse_partial() {
    return error(Error::kUnsupportedOp, "some of its leaves have weights for one class alone, others for more")
        .with_hint("export the model with a weight for every class at each leaf");
  }

  bool has_negative_weights() const {
    return std::ranges::any_of(trees_.leaves, [](const std::vector<LeafWeight>& leaf) {
      return std::ranges::any_of(leaf, [](const LeafWeight& weight) { return weight.weight < 0; });
    });
  }

  // [rows, 1]
  Result<ValueId> column(const char* name, int64_t target) {
    ops::Slice slice = ops::Slice::whole(context_.type(scores_).shape);
    slice.read(1, target, 1);
    return context_.append(name, slice, {scores_});
  }

  float limit() const { return has_negative_weights() ? 0.0F : 0.5F; }

  Status finish_transformed() {
    if (!context_.has_output(1)) return {};
    TMC_ASSIGN(const ValueId transformed, append_transformed(context_, scores_, transform_));
    return finish_copy(context_, 1, transformed);
  }

  // Classes that no leaf of a row has a weight for have their base value, unlike targets of a regressor.
  Status finish_many(const std::vector<float>& base) {
    const bool is_partial = std::ranges::any_of(scored_, [](Scored scored) { return scored != Scored::kAlways; });
    if (is_partial && base.empty() && has_negative_weights()) return refuse_partial();
    if (!base.empty()) {
      TMC_ASSIGN(const ValueId values, append_reals(context_, "_class_base", Shape::of(std::ssize(labels_)), base));
      TMC_ASSIGN(scores_, context_.append("_with_base", ops::Add{}, {scores_, values}));
    }
    TMC_TRY(finish_label_of_greatest(context_, scores_, labels_));
    return finish_transformed();
  }

  // A label that no other is compared with is 0 or 1.
  Status finish_one() {
    if (transform_ != PostTransform::kNone) {
      return error(Error::kUnsupportedOp, "it transforms the score of a single class")
          .with_hint("export the model with two classes");
    }
    TMC_TRY(finish_binary_labels(context_, scores_, 0, {0, 1}));
    return finish_copy(context_, 1, scores_);
  }

  // All weights are for the first class, and mean the second: shares of 1 or, where some are negative, either sign.
  Status finish_first() {
    TMC_TRY(finish_binary_labels(context_, scores_, limit(), labels_));
    if (!context_.has_output(1)) return {};
    if (transform_ == PostTransform::kProbit) {
      return error(Error::kUnsupportedOp, "its one score is a probit, which leaves the other class without one")
          .with_hint("export the model with weights for both classes");
    }
    TMC_ASSIGN(const ValueId both, append_first_of_two(context_, scores_, has_negative_weights(), transform_));
    return finish_copy(context_, 1, both);
  }

  // The same with a base value for each class: then the second class has a score of its own, 0.
  Status finish_two_of_first() {
    TMC_ASSIGN(const ValueId score, column("_sum", 0));
    TMC_TRY(finish_binary_labels(context_, score, limit(), labels_));
    return finish_transformed();
  }

  Status finish_second(const std::vector<float>& base) {
    if (base.size() > 1) {
      return error(Error::kUnsupportedOp, "it has base values for two classes and weights for the second alone")
          .with_hint("export the model with weights for both classes");
    }
    TMC_ASSIGN(const ValueId score, column("_sum", 1));
    TMC_TRY(finish_binary_labels(context_, score, limit(), labels_));
    return finish_transformed();
  }

  // Labels are 0 and 1, whatever the classes are called.
  Status finish_both(const std::vector<float>& base) {
    if (base.size() == 2) {
      TMC_ASSIGN(const ValueId sum, column("_sum", 0));
      const ValueId number = context_.append_scalar("_base1", base[1]);
      TMC_ASSIGN(const ValueId second, context_.append("_positive", ops::Add{}, {sum, number}));
      TMC_ASSIGN(const ValueId first, context_.append("_negative", ops::Neg{}, {second}));
      TMC_ASSIGN(scores_, context_.append("_signed", ops::Concat{.axis = 1}, {first, second}));
    }
    TMC_ASSIGN(const ValueId score, column("_second_sum", 1));
    TMC_TRY(finish_binary_labels(context_, score, 0, {0, 1}));
    return finish_transformed();
  }

  ImportContext& context_;
  const Labels labels_;
  const PostTransform transform_;
  FileTrees trees_;
  ValueId scores_ = ValueId::kNone;
  std::vector<Scored> scored_;
};

}  // namespace

// A label for every row, and the scores of the classes.
Status import_ml_tree_ensemble_classifier(ImportContext& context) {
  TMC_ASSIGN(const Labels labels, read_class_labels(context, "classlabels_int64s", "classlabels_strings"));
  TMC_ASSIGN(const PostTransform transform, read_post_transform(context));
  TMC_ASSIGN(FileTrees trees, read_numbered_trees(context, "class", std::ssize(labels)));
  return Classifier(context, labels, transform, std::move(trees)).run();
}

}  // namespace tmc::frontend::onnx_format
