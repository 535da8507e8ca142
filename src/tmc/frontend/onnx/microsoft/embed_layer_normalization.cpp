// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The embeddings of BERT: of words, positions and segments, added up and normalised; and of a mask the number of its
// ones in each item.

#include "tmc/frontend/onnx/operator_body.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {
namespace {

class EmbedImport {
 public:
  explicit EmbedImport(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_ASSIGN(ids_, context_.shape_of(kIds));
    TMC_ASSIGN(const double epsilon, context_.attributes().real("epsilon", 1e-12));
    if (ids_.rank() != 2) return error(Error::kMalformed, "its ids have rank {}", ids_.rank());
    if (context_.has_input(kSegments) != context_.has_input(kSegmentTable)) {
      return error(Error::kMalformed, "it has segments or their embedding, but not both");
    }
    body_.add("Gather", {"words", "ids"}, "of_words");
    TMC_TRY(add_positions());
    std::string sum = "of_places";
    if (context_.has_input(kSegments)) {
      body_.add("Gather", {"segment_table", "segments"}, "of_segments");
      sum = "sum";
      body_.add("Add", {"of_places", "of_segments"}, sum);
    }
    auto& norm = body_.add("LayerNormalization", {sum, "scale", "bias"}, "y");
    OperatorBody::set_real(norm, "epsilon", static_cast<float>(epsilon));
    add_counts();
    body_.add("Identity", {sum}, "the_sum");
    return body_.import(context_);
  }

 private:
  static constexpr size_t kIds = 0, kSegments = 1, kSegmentTable = 4, kMask = 7, kPositions = 8;

  // Of words and positions.
  Status add_positions() {
    if (context_.has_input(kPositions)) {
      body_.add("Gather", {"places", "positions"}, "of_positions");
    } else {
      std::vector<int64_t> positions;
      TMC_TRY(context_.budget().take_computed({DType::kI64, Shape::of(ids_[1])}));
      for (int64_t i = 0; i < ids_[1]; ++i) positions.push_back(i);
      body_.add_integers("counted", positions);
      body_.add("Gather", {"places", "counted"}, "of_positions");
    }
    body_.add("Add", {"of_words", "of_positions"}, "of_places");
    return {};
  }

  // Zeros where there is no mask.
  void add_counts() {
    if (!context_.has_input(kMask)) {
      body_.add_integers("zeros", std::vector<int64_t>(static_cast<size_t>(ids_[0]), 0));
      return body_.add_cast("zeros", ::onnx::TensorProto::INT32, "counts");
    }
    body_.add_integers("one", {1});
    body_.add_integers("last", {1});
    body_.add_cast("mask", ::onnx::TensorProto::INT64, "mask_i64");
    body_.add("Equal", {"mask_i64", "one"}, "is_one");
    body_.add_cast("is_one", ::onnx::TensorProto::INT32, "ones");
    OperatorBody::set_integer(body_.add("ReduceSum", {"ones", "last"}, "counts"), "keepdims", 0);
  }

  ImportContext& context_;
  OperatorBody body_{{"ids", "segments", "words", "places", "segment_table", "scale", "bias", "mask", "positions"},
                     {"y", "counts", "the_sum"}};
  Shape ids_;
};

}  // namespace

Status import_microsoft_embed_layer_normalization(ImportContext& context) {
  return EmbedImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
