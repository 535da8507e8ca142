// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// onnxruntime's Attention: projections of one input with their weights side by side, and self-attention.

#include "tmc/frontend/onnx/attention_masks.hpp"
#include "tmc/frontend/onnx/flat_attention.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/matmul.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

class PackedAttention {
 public:
  explicit PackedAttention(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_TRY(read());
    const char* const names[] = {"_query", "_key", "_value"};
    std::vector<ValueId> inputs;
    int64_t begin = 0;
    for (size_t i = 0; i < 3; ++i) {
      TMC_ASSIGN(inputs.emplace_back(), projection(names[i], begin, widths_[i]));
      begin += widths_[i];
    }
    const Shape shape = context_.type(inputs[0]).shape;
    TMC_ASSIGN(ValueId mask, integer_mask(context_, kMaskIndex, {shape[0], shape[1], shape[1]}));
    TMC_ASSIGN(mask, with_bias(context_, mask, kAttentionBias));
    return finish_attention(context_, op_, std::move(inputs), mask);
  }

 private:
  static constexpr size_t kInput = 0, kWeights = 1, kBias = 2, kMaskIndex = 3, kPast = 4, kAttentionBias = 5;

  Status read() {
    const Attributes attributes = context_.attributes();
    TMC_ASSIGN(op_, microsoft_attention(context_));
    TMC_ASSIGN(const int64_t rotary, attributes.integer("do_rotary", 0));
    if (rotary != 0) {
      return error(Error::kUnsupportedOp, "it turns its queries (do_rotary)")
          .with_hint("export the rotary embedding as an operator of its own");
    }
    TMC_TRY(refuse_input(context_, kPast, "'past'", "export the model without a cache of keys"));
    if (context_.has_output(1)) return error(Error::kUnsupportedOp, "something reads its output 'present'");
    TMC_ASSIGN(const Shape weights, context_.shape_of(kWeights));
    if (weights.rank() != 2) return error(Error::kMalformed, "its weights have rank {}", weights.rank());
    TMC_ASSIGN(widths_, attributes.integers("qkv_hidden_sizes"));
    if (widths_.empty()) widths_.assign(3, weights[1] / 3);
    if (widths_.size() != 3) return error(Error::kMalformed, "it has {} qkv_hidden_sizes", widths_.size());
    return {};
  }

  Result<ValueId> projection(const std::string& name, int64_t begin, int64_t width) {
    TMC_ASSIGN(const ValueId input, context_.input(kInput));
    TMC_ASSIGN(ValueId weights, context_.input(kWeights));
    TMC_ASSIGN(weights, part_of(context_, name + "_weights", weights, 1, begin, width));
    TMC_ASSIGN(ValueId bias, context_.optional_input(kBias));
    if (bias == ValueId::kNone) return context_.append(name, ops::Matmul{}, {input, weights});
    TMC_ASSIGN(const ValueId product, context_.append(name + "_product", ops::Matmul{}, {input, weights}));
    TMC_ASSIGN(bias, part_of(context_, name + "_bias", bias, 0, begin, width));
    return context_.append(name, ops::Add{}, {product, bias});
  }

  ImportContext& context_;
  ops::Attention op_;
  std::vector<int64_t> widths_;
};

}  // namespace

Status import_microsoft_attention(ImportContext& context) {
  return PackedAttention(context).run();
}

}  // namespace tmc::frontend::onnx_format
