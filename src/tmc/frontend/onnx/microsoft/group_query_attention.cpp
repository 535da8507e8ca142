// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// onnxruntime's GroupQueryAttention: causal, of a whole prompt, or of a decoder's tokens behind those that its caches
// hold (past_ports.hpp). Its lengths say which queries are padding, whose results mean nothing, and no query before
// them sees theirs; so they are not looked at.

#include "tmc/frontend/onnx/attention_masks.hpp"
#include "tmc/frontend/onnx/flat_attention.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

class GroupQueryAttention {
 public:
  explicit GroupQueryAttention(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_TRY(read());
    TMC_TRY(read_operands());
    TMC_ASSIGN(query_, turned("_query_turned", query_, op_.heads));
    TMC_ASSIGN(key_, turned("_key_turned", key_, op_.kv_heads));
    TMC_ASSIGN(op_.position, put_past_before(context_, kPastKeys, op_.kv_heads, key_, value_));
    TMC_ASSIGN(const ValueId mask, with_bias(context_, ValueId::kNone, kAttentionBias));
    return finish_attention(context_, op_, {query_, key_, value_}, mask);
  }

 private:
  static constexpr size_t kQueries = 0, kKeys = 1, kValues = 2, kPastKeys = 3, kCosines = 7, kSines = 8, kPositions = 9,
                          kAttentionBias = 10, kSink = 11;

  Status read() {
    const Attributes attributes = context_.attributes();
    TMC_ASSIGN(op_.heads, attributes.small_integer("num_heads", 0));
    TMC_ASSIGN(op_.kv_heads, attributes.small_integer("kv_num_heads", 0));
    if (op_.heads < 1 || op_.kv_heads < 1) return error(Error::kMalformed, "it says of no number of heads");
    TMC_ASSIGN(op_.scale, attributes.real("scale", 0));
    TMC_ASSIGN(op_.softcap, attributes.real("softcap", 0));
    TMC_ASSIGN(const int64_t window, attributes.integer("local_window_size", -1));
    op_.causal = true;
    op_.left_window = window > 0 ? window - 1 : -1;
    TMC_ASSIGN(const int64_t smooth, attributes.integer("smooth_softmax", 0));
    TMC_ASSIGN(const int64_t rotary, attributes.integer("do_rotary", 0));
    TMC_ASSIGN(const int64_t interleaved, attributes.integer("rotary_interleaved", 0));
    is_turned_ = rotary != 0;
    is_interleaved_ = interleaved != 0;
    if (smooth > 0) return error(Error::kUnsupportedOp, "its softmax is smooth (smooth_softmax)");
    if (context_.token_positions() == ValueId::kNone) {
      TMC_TRY(refuse_input(context_, kPastKeys, "'past_key'", "leave the length of its caches open"));
      TMC_TRY(refuse_input(context_, kPositions, "'position_ids'", "export the model with positions from 0 on"));
    }
    return refuse_input(context_, kSink, "'head_sink'", "export the model without sinks");
  }

  Status read_operands() {
    TMC_ASSIGN(query_, context_.input(kQueries));
    const Shape shape = context_.type(query_).shape;
    if (shape.rank() != 3) return error(Error::kMalformed, "its query has rank {}", shape.rank());
    if (context_.has_input(kKeys)) {
      TMC_ASSIGN(key_, context_.input(kKeys));
      TMC_ASSIGN(value_, context_.input(kValues));
      return {};
    }
    const ValueId packed = query_;
    const int64_t all_heads = int64_t{op_.heads} + 2 * int64_t{op_.kv_heads};
    if (shape[2] % all_heads != 0) return error(Error::kMalformed, "{} does not split into its heads", shape[2]);
    const int64_t size = shape[2] / all_heads;
    TMC_ASSIGN(query_, part_of(context_, "_query_part", packed, 2, 0, op_.heads * size));
    TMC_ASSIGN(key_, part_of(context_, "_key_part", packed, 2, op_.heads * size, op_.kv_heads * size));
    TMC_ASSIGN(value_,
               part_of(context_, "_value_part", packed, 2, (op_.heads + op_.kv_heads) * size, op_.kv_heads * size));
    return {};
  }

  // Of the first positions, or of those that are the tokens'.
  Result<ValueId> angles(const std::string& name, size_t table, int64_t length) {
    TMC_ASSIGN(const ValueId rows, context_.input(table));
    TMC_ASSIGN(ValueId positions, context_.optional_input(kPositions));
    if (positions == ValueId::kNone) positions = context_.token_positions();
    if (positions == ValueId::kNone) return part_of(context_, name, rows, 0, 0, length);
    TMC_ASSIGN(positions, context_.append(name + "_positions", ops::Reshape{{length}}, {positions}));
    return context_.append(name, ops::Lookup{}, {rows, positions});
  }

  Result<ValueId> turned(const std::string& name, ValueId value, int32_t heads) {
    if (!is_turned_) return value;
    const Shape shape = context_.type(value).shape;
    if (shape.rank() != 3) return error(Error::kMalformed, "its keys have rank {}", shape.rank());
    TMC_ASSIGN(const ValueId cosine, angles(name + "_cos", kCosines, shape[1]));
    TMC_ASSIGN(const ValueId sine, angles(name + "_sin", kSines, shape[1]));
    const auto rotated = static_cast<int32_t>(2 * context_.type(cosine).shape.back());
    return context_.append(name,
                           ops::RotaryEmbedding{.heads = heads, .rotated = rotated, .interleaved = is_interleaved_},
                           {value, cosine, sine});
  }

  ImportContext& context_;
  ops::Attention op_;
  ValueId query_ = ValueId::kNone, key_ = ValueId::kNone, value_ = ValueId::kNone;
  bool is_turned_ = false, is_interleaved_ = false;
};

}  // namespace

Status import_microsoft_group_query_attention(ImportContext& context) {
  return GroupQueryAttention(context).run();
}

}  // namespace tmc::frontend::onnx_format
