// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/gather.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// How often each sequence of words of a pool occurs in rows of words, which are integers or strings: the words of a
// sequence may lie up to so many words apart, all at one distance.
class SequenceCounter {
 public:
  explicit SequenceCounter(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_TRY(read());
    TMC_TRY(read_pool());
    TMC_ASSIGN(items_, matches_of_pool());
    std::vector<ValueId> counts;
    for (size_t length = 1; length <= begins_.size(); ++length) TMC_TRY(count_length(length, counts));
    if (counts.empty())
      return error(Error::kUnsupportedShape, "its pool has no sequences of the lengths that it counts");
    ValueId all = counts[0];
    if (counts.size() > 1) {
      TMC_ASSIGN(all, context_.append("_all", ops::Concat{.axis = 1}, std::move(counts)));
    }
    TMC_ASSIGN(all, weighed(all));
    return finish(all);
  }

 private:
  static constexpr int64_t kMostWords = 4096;

  Status read() {
    const Attributes attributes = context_.attributes();
    TMC_ASSIGN(mode_, attributes.text("mode", "TF"));
    TMC_ASSIGN(least_, attributes.integer("min_gram_length", 1));
    TMC_ASSIGN(most_, attributes.integer("max_gram_length", 1));
    TMC_ASSIGN(skips_, attributes.integer("max_skip_count", 0));
    TMC_ASSIGN(begins_, attributes.integers("ngram_counts"));
    TMC_ASSIGN(columns_, attributes.integers("ngram_indexes"));
    TMC_ASSIGN(weights_, attributes.reals("weights"));
    const bool is_sound = least_ > 0 && most_ >= least_ && most_ <= kMostWords && skips_ >= 0 && skips_ <= kMostWords;
    if (!is_sound || (mode_ != "TF" && mode_ != "IDF" && mode_ != "TFIDF")) {
      return error(Error::kMalformed, "it counts sequences of {} to {} words with {} skips, as {}", least_, most_,
                   skips_, mode_);
    }
    const bool is_text = context_.is_text(0);
    TMC_ASSIGN(rows_, is_text ? context_.text(0) : context_.input(0));
    Shape shape = is_text ? strings_shape(context_, rows_) : context_.type(rows_).shape;
    if (shape.rank() < 1 || shape.rank() > 2) return error(Error::kMalformed, "its input has rank {}", shape.rank());
    is_row_ = shape.rank() == 1;
    words_ = shape.back();
    row_count_ = is_row_ ? 1 : shape[0];
    return {};
  }

  Status read_pool() {
    TMC_ASSIGN(const std::vector<int64_t> integers, context_.attributes().integers("pool_int64s"));
    TMC_ASSIGN(const std::vector<std::string> strings, context_.attributes().texts("pool_strings"));
    integers_ = integers;
    strings_ = strings;
    const int64_t size = context_.is_text(0) ? std::ssize(strings_) : std::ssize(integers_);
    int64_t before = 0, sequences = 0;
    for (size_t length = 1; length <= begins_.size(); ++length) {
      const int64_t begin = begins_[length - 1], end = length < begins_.size() ? begins_[length] : size;
      const auto words = static_cast<int64_t>(length);
      if (begin < before || end < begin || end > size || (end - begin) % words != 0) {
        return error(Error::kMalformed, "its sequences of {} words are words {} to {} of {}", length, begin, end, size);
      }
      before = begin;
      sequences += (end - begin) / words;
    }
    const bool is_column = std::ranges::all_of(columns_, [](int64_t at) { return at >= 0 && at < kMostWords * 16; });
    if (size > 0 && std::ssize(columns_) == sequences && is_column) return {};
    return error(Error::kMalformed, "it has {} sequences of {} words and {} ngram_indexes", sequences, size,
                 columns_.size());
  }

  // [rows, words, pool], as numbers 0 and 1: which words of the pool each word is.
  Result<ValueId> matches_of_pool() {
    ValueId found = ValueId::kNone;
    if (context_.is_text(0)) {
      TMC_ASSIGN(found, string_matches(context_, "_pool", rows_, strings_));
    } else {
      TMC_ASSIGN(ValueId words, as_dtype(context_, "_words", rows_, DType::kI64));
      TMC_ASSIGN(words, reshaped(context_, "_column", words, Shape::of(row_count_, words_, 1)));
      TMC_ASSIGN(const ValueId pool, append_integers(context_, "_pool", Shape::of(std::ssize(integers_)), integers_));
      TMC_ASSIGN(found, context_.append("_matches", ops::Equal{}, {words, pool}));
    }
    const int64_t size = context_.type(found).shape.back();
    TMC_ASSIGN(found, reshaped(context_, "_matches_of_rows", found, Shape::of(row_count_, words_, size)));
    return as_dtype(context_, "_matches_f32", found, DType::kF32);
  }

  // [rows, sequences of that length], 0 of those that are not to be counted.
  Status count_length(size_t length, std::vector<ValueId>& counts) {
    const auto words = static_cast<int64_t>(length);
    const int64_t size = context_.type(items_).shape.back();
    const int64_t begin = begins_[length - 1], end = length < begins_.size() ? begins_[length] : size;
    const int64_t sequences = (end - begin) / words;
    if (sequences == 0) return {};
    std::vector<ValueId> of_skips;
    const bool is_counted = words >= least_ && words <= most_;
    for (int64_t skip = 0; is_counted && skip <= (words == 1 ? 0 : skips_); ++skip) {
      if ((words - 1) * (skip + 1) >= words_) break;
      TMC_ASSIGN(of_skips.emplace_back(), count_at_distance(words, skip + 1, begin, sequences));
    }
    if (of_skips.empty()) {
      TMC_ASSIGN(counts.emplace_back(),
                 append_reals(context_, fmt::format("_none{}", length), Shape::of(row_count_, sequences),
                              std::vector<float>(static_cast<size_t>(row_count_ * sequences))));
      return {};
    }
    ValueId sum = of_skips[0];
    for (size_t i = 1; i < of_skips.size(); ++i) {
      TMC_ASSIGN(sum, context_.append(fmt::format("_sum{}_{}", length, i), ops::Add{}, {sum, of_skips[i]}));
    }
    counts.push_back(sum);
    return {};
  }

  // A sequence is at a place where each of its words is: the product of 0 and 1.
  Result<ValueId> count_at_distance(int64_t words, int64_t distance, int64_t begin, int64_t sequences) {
    const std::string suffix = fmt::format("_of{}_by{}", words, distance);
    const int64_t places = words_ - (words - 1) * distance;
    ValueId all = ValueId::kNone;
    for (int64_t word = 0; word < words; ++word) {
      ops::Slice slice = ops::Slice::whole(context_.type(items_).shape);
      slice.read(1, word * distance, places);
      slice.read(2, begin + word, sequences, words);
      const std::string own = fmt::format("{}_word{}", suffix, word);
      TMC_ASSIGN(const ValueId is_there, context_.append(own, std::move(slice), {items_}));
      if (word == 0) {
        all = is_there;
      } else {
        TMC_ASSIGN(all, context_.append(own + "_too", ops::Mul{}, {all, is_there}));
      }
    }
    return context_.append(suffix, ops::ReduceSum{{1}, false}, {all});
  }

  Result<ValueId> weighed(ValueId counts) {
    if (mode_ == "TF") return counts;
    if (mode_ == "IDF") {
      const ValueId none = context_.append_scalar("_none", 0);
      TMC_ASSIGN(const ValueId occurs, context_.append("_occurs", ops::Greater{}, {counts, none}));
      TMC_ASSIGN(counts, as_dtype(context_, "_occurs_f32", occurs, DType::kF32));
    }
    if (weights_.empty()) return counts;
    TMC_ASSIGN(const ValueId weights, append_reals(context_, "_weights", Shape::of(std::ssize(columns_)), weights_));
    return context_.append("_weighed", ops::Mul{}, {counts, weights});
  }

  // Sequences at the columns that the file says; others are 0.
  Status finish(ValueId counts) {
    const int64_t columns = *std::ranges::max_element(columns_) + 1;
    TMC_ASSIGN(const ValueId zero, append_reals(context_, "_zero", Shape::of(row_count_, 1),
                                                std::vector<float>(static_cast<size_t>(row_count_))));
    TMC_ASSIGN(const ValueId padded, context_.append("_or_zero", ops::Concat{.axis = 1}, {counts, zero}));
    std::vector<int64_t> from(static_cast<size_t>(columns), std::ssize(columns_));
    for (size_t i = 0; i < columns_.size(); ++i) from[static_cast<size_t>(columns_[i])] = static_cast<int64_t>(i);
    ops::Gather gather;
    gather.read(1, from);
    TMC_ASSIGN(const ValueId placed, context_.append("_placed", std::move(gather), {padded}));
    TMC_ASSIGN(const ValueId shaped,
               reshaped(context_, "_shaped", placed, is_row_ ? Shape::of(columns) : Shape::of(row_count_, columns)));
    return finish_copy(context_, 0, shaped);
  }

  ImportContext& context_;
  std::string mode_;
  int64_t least_ = 1, most_ = 1, skips_ = 0, words_ = 0, row_count_ = 1;
  bool is_row_ = false;
  std::vector<int64_t> begins_, columns_, integers_;
  std::vector<std::string> strings_;
  std::vector<float> weights_;
  ValueId rows_ = ValueId::kNone, items_ = ValueId::kNone;
};

}  // namespace

Status import_tf_idf_vectorizer(ImportContext& context) {
  return SequenceCounter(context).run();
}

}  // namespace tmc::frontend::onnx_format
