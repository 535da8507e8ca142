// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// onnxruntime's MultiHeadAttention: queries, keys and values that are projected already, apart or packed.

#include "tmc/frontend/onnx/attention_masks.hpp"
#include "tmc/frontend/onnx/flat_attention.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

class MultiHeadAttention {
 public:
  explicit MultiHeadAttention(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_TRY(read());
    TMC_TRY(read_operands());
    TMC_TRY(add_biases());
    TMC_ASSIGN(op_.position, put_past_before(context_, kPastKeys, op_.heads, key_, value_));
    const Shape query = context_.type(query_).shape;
    TMC_ASSIGN(ValueId mask, integer_mask(context_, kPaddingMask, {query[0], query[1], context_.type(key_).shape[1]}));
    TMC_ASSIGN(mask, with_bias(context_, mask, kAttentionBias));
    return finish_attention(context_, op_, {query_, key_, value_}, mask);
  }

 private:
  static constexpr size_t kQueries = 0, kKeys = 1, kValues = 2, kBias = 3, kPaddingMask = 4, kAttentionBias = 5,
                          kPastKeys = 6, kPastLength = 8, kIndirection = 9;

  Status read() {
    TMC_ASSIGN(op_, microsoft_attention(context_));
    constexpr const char* kHint = "export the model without a shared cache of keys";
    TMC_TRY(refuse_input(context_, kPastLength, "'past_sequence_length'", kHint));
    TMC_TRY(refuse_input(context_, kIndirection, "'cache_indirection'", kHint));
    if (context_.has_output(3)) return error(Error::kUnsupportedOp, "something reads its output 'qk'");
    return {};
  }

  // One of those that are packed: [batch, length, heads, how many, size].
  Result<ValueId> unpacked(const std::string& name, ValueId packed, int64_t at) {
    const Shape shape = context_.type(packed).shape;
    TMC_ASSIGN(const ValueId part, part_of(context_, name + "_part", packed, 3, at, 1));
    return context_.append(name + "_rows", ops::Reshape{{shape[0], shape[1], shape[2] * shape[4]}}, {part});
  }

  Status read_operands() {
    TMC_ASSIGN(query_, context_.input(kQueries));
    if (context_.type(query_).shape.rank() == 5) {
      const ValueId packed = query_;
      TMC_ASSIGN(query_, unpacked("_query", packed, 0));
      TMC_ASSIGN(key_, unpacked("_key", packed, 1));
      TMC_ASSIGN(value_, unpacked("_value", packed, 2));
      return {};
    }
    TMC_ASSIGN(key_, context_.input(kKeys));
    if (context_.type(key_).shape.rank() == 5) {
      const ValueId packed = key_;
      TMC_ASSIGN(key_, unpacked("_key", packed, 0));
      TMC_ASSIGN(value_, unpacked("_value", packed, 1));
      return {};
    }
    TMC_ASSIGN(value_, context_.input(kValues));
    if (context_.type(query_).shape.rank() != 3) {
      return error(Error::kMalformed, "its query has rank {}", context_.type(query_).shape.rank());
    }
    return {};
  }

  // Heads of keys and values that lie apart have no bias.
  Status add_biases() {
    TMC_ASSIGN(const ValueId bias, context_.optional_input(kBias));
    if (bias == ValueId::kNone) return {};
    int64_t begin = 0;
    for (ValueId* operand : {&query_, &key_, &value_}) {
      const std::string name = operand == &query_ ? "_query" : operand == &key_ ? "_key" : "_value";
      const int64_t width = context_.type(query_).shape.back();
      const bool is_apart = context_.type(*operand).shape.rank() == 4;
      const int64_t own = is_apart ? width : context_.type(*operand).shape.back();
      if (!is_apart) {
        TMC_ASSIGN(const ValueId part, part_of(context_, name + "_bias", bias, 0, begin, own));
        TMC_ASSIGN(*operand, context_.append(name + "_biased", ops::Add{}, {*operand, part}));
      }
      begin += own;
    }
    return {};
  }

  ImportContext& context_;
  ops::Attention op_;
  ValueId query_ = ValueId::kNone, key_ = ValueId::kNone, value_ = ValueId::kNone;
};

}  // namespace

Status import_microsoft_multi_head_attention(ImportContext& context) {
  return MultiHeadAttention(context).run();
}

}  // namespace tmc::frontend::onnx_format
