// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/lightgbm/section_trees.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::frontend::lightgbm {
namespace {

using Comparison = FileTest::Comparison;
using ops::TreeEnsemble;

// Bits of decision_type; the missing type is in bits 2 and 3.
constexpr int64_t kCategorical = 1;
constexpr int64_t kDefaultLeft = 2;
enum class Missing : int64_t { kNone, kZero, kNan };
constexpr float kZeroThreshold = 1e-35F;  // what is no larger counts as zero
constexpr size_t kLeft = 0, kRight = 1;

int32_t mode_of(int32_t mode, bool missing_is_true) {
  return mode + (missing_is_true ? TreeEnsemble::kMissingIsTrue : 0);
}

// What is at most the threshold, where Booster.predict takes all that is as small as zero for zero.
Comparison at_most(float threshold, bool missing_is_true) {
  if (threshold < -kZeroThreshold || threshold > kZeroThreshold) {
    return {mode_of(TreeEnsemble::kLessOrEqual, missing_is_true), threshold, kLeft};
  }
  if (threshold < 0) return {mode_of(TreeEnsemble::kLess, missing_is_true), -kZeroThreshold, kLeft};
  return {mode_of(TreeEnsemble::kLessOrEqual, missing_is_true), kZeroThreshold, kLeft};
}

// Zeros, and what is no number, go the default way whatever the threshold is; the rest is left where it is at most
// that.
void compare_but_zeros(float threshold, bool default_left, FileTest& test) {
  const Comparison below{TreeEnsemble::kLess, -kZeroThreshold, default_left ? kRight : kLeft};
  const Comparison zeros{mode_of(TreeEnsemble::kLessOrEqual, !default_left), kZeroThreshold,
                         default_left ? kLeft : kRight};
  if (default_left && threshold < -kZeroThreshold) {
    test.comparisons = {at_most(threshold, true), below, zeros};
  } else if (!default_left && threshold > kZeroThreshold) {
    test.comparisons = {below, zeros, at_most(threshold, false)};
  } else if (default_left) {
    test.comparisons = {at_most(std::max(threshold, kZeroThreshold), true)};
  } else {
    test.comparisons = {threshold < -kZeroThreshold ? at_most(threshold, false) : below};
  }
}

// One section.
class TreeReader {
 public:
  TreeReader(FileTrees& trees, int64_t target, double factor) : trees_(trees), target_(target), factor_(factor) {}

  Status run(const Section& section) {
    TMC_ASSIGN(const int64_t leaves, section.integer("num_leaves", 0));
    TMC_ASSIGN(const int64_t is_linear, section.integer("is_linear", 0));
    if (is_linear != 0) {
      return error(Error::kUnsupportedOp, "its leaves are linear models").with_hint("train it without linear_tree");
    }
    if (leaves < 1) return malformed("has no leaves");
    TMC_ASSIGN(values_, section.reals("leaf_value", leaves));
    TMC_TRY(read_tests(section, leaves - 1));
    TMC_TRY(read_categories(section));
    return read_tree(trees_, leaves == 1 ? -1 : 0, [this](int64_t node) { return read_node(node); });
  }

 private:
  static Status malformed(std::string_view what) {
    return error(Error::kMalformed, "it {}", what).with_hint("save the model again with LightGBM");
  }

  Status read_tests(const Section& section, int64_t count) {
    if (count == 0) return {};
    TMC_ASSIGN(features_, section.integers("split_feature", count));
    TMC_ASSIGN(thresholds_, section.reals("threshold", count));
    TMC_ASSIGN(decisions_, section.integers("decision_type", count));
    TMC_ASSIGN(left_, section.integers("left_child", count));
    TMC_ASSIGN(right_, section.integers("right_child", count));
    return {};
  }

  // Words of 32 bits, in which those of the categories that go left are set, and where each set begins.
  Status read_categories(const Section& section) {
    TMC_ASSIGN(const int64_t count, section.integer("num_cat", 0));
    if (count == 0) return {};
    if (count < 0 || count > std::ssize(section.words("cat_boundaries"))) return malformed("has no sets of categories");
    TMC_ASSIGN(boundaries_, section.integers("cat_boundaries", count + 1));
    const int64_t words = std::ssize(section.words("cat_threshold"));
    TMC_ASSIGN(bits_, section.integers("cat_threshold", words));
    return {};
  }

  // Negative numbers are leaves, counted from -1 down.
  Result<ReadNode> read_node(int64_t node) {
    if (node < 0) {
      const int64_t leaf = -(node + 1);
      if (leaf >= std::ssize(values_)) return malformed("leads to a leaf that is not there");
      trees_.leaves.push_back({{target_, static_cast<float>(values_[static_cast<size_t>(leaf)] * factor_)}});
      return ReadNode{.is_leaf = true};
    }
    const auto at = static_cast<size_t>(node);
    if (at >= left_.size()) return malformed("leads to a node that is not there");
    TMC_TRY(add_test(at));
    return ReadNode{false, {left_[at], right_[at]}};
  }

  Status add_test(size_t node) {
    FileTest test;
    test.feature = features_[node];
    if (test.feature < 0 || test.feature >= kMostTestedFeatures) return malformed("tests a feature that is none");
    if ((decisions_[node] & kCategorical) != 0) {
      TMC_ASSIGN(const std::vector<int64_t> categories, categories_of(thresholds_[node]));
      // A fraction above -1 is cut to category 0.
      compare_categories(categories, kLeft, false, std::nextafter(-1.0F, 0.0F), test);
    } else {
      TMC_TRY(compare_number(thresholds_[node], decisions_[node], test));
    }
    trees_.tests.push_back(std::move(test));
    return {};
  }

  static Status compare_number(double number, int64_t decision, FileTest& test) {
    if (std::isnan(number)) return malformed("compares with what is no number");
    const float threshold = float_below(number);
    const bool default_left = (decision & kDefaultLeft) != 0;
    const auto missing = static_cast<Missing>(decision >> 2 & 3);
    if (missing == Missing::kZero) {
      compare_but_zeros(threshold, default_left, test);
      return {};
    }
    // Where nothing was missing when it was trained, what is no number counts as zero.
    const bool missing_is_left = missing == Missing::kNan ? default_left : threshold >= 0;
    if (missing > Missing::kNan) return malformed("has missing values of a type that is none");
    test.comparisons = {at_most(threshold, missing_is_left)};
    return {};
  }

  // A set is that of one node alone, so that all together are no more than the file has.
  Result<std::vector<int64_t>> categories_of(double number) {
    std::vector<int64_t> categories;
    if (!(number >= 0 && number < static_cast<double>(std::ssize(boundaries_) - 1))) {
      return malformed("has a set of categories that is not there");
    }
    const auto set = static_cast<size_t>(number);
    const int64_t begin = boundaries_[set];
    const int64_t end = boundaries_[set + 1];
    constexpr int64_t kMostWords = int64_t{1} << 19;  // of categories that a float32 tells apart
    if (begin < 0 || end < begin || end > std::ssize(bits_) || end - begin > kMostWords ||
        (used_ += end - begin) > std::ssize(bits_)) {
      return malformed("has a set of categories that is not there");
    }
    for (int64_t word = begin; word < end; ++word) {
      for (int64_t bit = 0; bit < 32; ++bit) {
        if ((bits_[static_cast<size_t>(word)] >> bit & 1) != 0) categories.push_back((word - begin) * 32 + bit);
      }
    }
    return categories;
  }

  FileTrees& trees_;
  const int64_t target_;
  const double factor_;
  std::vector<double> values_, thresholds_;
  std::vector<int64_t> features_, decisions_, left_, right_, boundaries_, bits_;
  int64_t used_ = 0;  // of bits_
};

}  // namespace

Result<FileTrees> read_section_trees(const std::vector<Section>& sections, int64_t targets, bool is_average) {
  FileTrees trees;
  trees.targets = targets;
  if (sections.empty() || std::ssize(sections) % targets != 0) {
    return error(Error::kMalformed, "it has {} trees for {} targets", sections.size(), targets);
  }
  const int64_t rounds = std::ssize(sections) / targets;
  const double factor = is_average ? 1 / static_cast<double>(rounds) : 1;
  for (int64_t i = 0; i < std::ssize(sections); ++i) {
    TreeReader reader(trees, i % targets, factor);
    TMC_TRY(reader.run(sections[static_cast<size_t>(i)]).at_node(fmt::format("tree {}", i)));
  }
  return trees;
}

}  // namespace tmc::frontend::lightgbm
