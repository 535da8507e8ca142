// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// onnxruntime's Attention: projections of one input with their weights side by side, and self-attention, also to the
// keys and values that tokens before left, [2, batch, heads, past, size].

#include "tmc/frontend/onnx/attention_masks.hpp"
#include "tmc/frontend/onnx/flat_attention.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/reshape.hpp"

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
    TMC_TRY(add_past(inputs[1], inputs[2]));
    const Shape shape = context_.type(inputs[0]).shape;
    TMC_ASSIGN(ValueId mask, integer_mask(context_, kMaskIndex, {shape[0], shape[1], past_ + shape[1]}));
    TMC_ASSIGN(mask, with_bias(context_, mask, kAttentionBias));
    return finish_attention(context_, op_, std::move(inputs), mask);
  }

 private:
  static constexpr size_t kInput = 0, kWeights = 1, kBias = 2, kMaskIndex = 3, kPast = 4, kAttentionBias = 5,
                          kPastLength = 6, kPresent = 1;

  Status read() {
    const Attributes attributes = context_.attributes();
    TMC_ASSIGN(op_, microsoft_attention(context_));
    TMC_ASSIGN(const int64_t rotary, attributes.integer("do_rotary", 0));
    if (rotary != 0) {
      return error(Error::kUnsupportedOp, "it turns its queries (do_rotary)")
          .with_hint("export the rotary embedding as an operator of its own");
    }
    TMC_TRY(refuse_input(context_, kPastLength, "'past_sequence_length'",
                         "export the model without a shared cache of keys"));
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

  // One of the two caches, with heads apart, and behind it the new rows.
  Result<ValueId> behind_past(const std::string& name, ValueId past, int64_t at, ValueId rows) {
    TMC_ASSIGN(const ValueId apart, heads_apart(context_, rows, op_.heads, name));
    if (past == ValueId::kNone) return apart;
    const Shape shape = context_.type(past).shape;
    TMC_ASSIGN(const ValueId part, part_of(context_, name + "_past_part", past, 0, at, 1));
    TMC_ASSIGN(const ValueId before,
               context_.append(name + "_past", ops::Reshape{{shape[1], shape[2], shape[3], shape[4]}}, {part}));
    return context_.append(name + "_with_past", ops::Concat{.axis = 2}, {before, apart});
  }

  // Puts keys and values behind their past, and ends the output that holds both.
  Status add_past(ValueId& key, ValueId& value) {
    TMC_ASSIGN(const ValueId past, context_.optional_input(kPast));
    if (past == ValueId::kNone && !context_.has_output(kPresent)) return {};
    if (past != ValueId::kNone) {
      const Shape shape = context_.type(past).shape;
      if (shape.rank() != 5) return error(Error::kMalformed, "its past has rank {}", shape.rank());
      op_.position = past_ = shape[3];
    }
    std::vector<ValueId> both;
    for (ValueId* rows : {&key, &value}) {
      const std::string name = rows == &key ? "_keys" : "_values";
      TMC_ASSIGN(const ValueId apart, behind_past(name, past, std::ssize(both), *rows));
      TMC_ASSIGN(*rows, heads_together(context_, apart, name + "_flat"));
      const Shape shape = context_.type(apart).shape;
      TMC_ASSIGN(
          both.emplace_back(),
          context_.append(name + "_present", ops::Reshape{{1, shape[0], shape[1], shape[2], shape[3]}}, {apart}));
    }
    return context_.finish_output(kPresent, ops::Concat{.axis = 0}, both);
  }

  ImportContext& context_;
  ops::Attention op_;
  int64_t past_ = 0;  // tokens
  std::vector<int64_t> widths_;
};

}  // namespace

Status import_microsoft_attention(ImportContext& context) {
  return PackedAttention(context).run();
}

}  // namespace tmc::frontend::onnx_format
