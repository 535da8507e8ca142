// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Scaled dot-product attention (Vaswani et al. 2017), in the steps of ONNX's specification (opset 25): the products of
// queries and keys, a soft cap, what masks add, softmax, and the product with the values. Where the operator
// `attention` says all of a node, it is that (flat_attention.hpp).

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/frontend/onnx/flat_attention.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

constexpr float kMasked = -std::numeric_limits<float>::infinity();

class AttentionImport {
 public:
  explicit AttentionImport(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_TRY(read_attributes());
    TMC_ASSIGN(const bool is_flat, is_flat_attention(context_));
    if (is_flat) return import_flat_attention(context_, operator_of());
    TMC_ASSIGN(ValueId query, heads(kQuery, query_heads_, "_query"));
    TMC_ASSIGN(ValueId key, heads(kKey, key_heads_, "_key"));
    TMC_ASSIGN(ValueId value, heads(kValue, key_heads_, "_value"));
    TMC_ASSIGN(key, with_past(kPastKey, key, "_present_key"));
    TMC_ASSIGN(value, with_past(kPastValue, value, "_present_value"));
    TMC_TRY(finish_copy(context_, kPresentKey, key));
    TMC_TRY(finish_copy(context_, kPresentValue, value));
    queries_ = context_.type(query).shape[2];
    keys_ = context_.type(key).shape[2];
    const int64_t all_heads = context_.type(query).shape[1];
    TMC_ASSIGN(key, repeated(key, all_heads, "_keys"));
    TMC_ASSIGN(value, repeated(value, all_heads, "_values"));
    if (scale_ == 0) scale_ = 1 / std::sqrt(static_cast<double>(context_.type(query).shape[3]));
    const ValueId scale = context_.append_scalar("_scale", static_cast<float>(scale_));
    TMC_ASSIGN(query, context_.append("_scaled", ops::Mul{}, {query, scale}));
    TMC_ASSIGN(ValueId products, context_.append("_products", ops::Matmul{.transpose_b = true}, {query, key}));
    TMC_ASSIGN(products, capped(products));
    TMC_ASSIGN(const ValueId bias, sum_of_masks());
    ValueId masked = products;
    if (bias != ValueId::kNone) {
      TMC_ASSIGN(masked, context_.append("_masked", ops::Add{}, {products, bias}));
    }
    TMC_ASSIGN(ValueId shares, context_.append("_shares", ops::Softmax{}, {masked}));
    TMC_ASSIGN(shares, without_empty_rows(shares, bias));
    const ValueId by_mode[] = {products, products, masked, shares};
    TMC_TRY(finish_copy(context_, kProducts, by_mode[mode_]));
    return finish(shares, value);
  }

 private:
  Status read_attributes() {
    const Attributes attributes = context_.attributes();
    TMC_ASSIGN(query_heads_, attributes.integer("q_num_heads", 0));
    TMC_ASSIGN(key_heads_, attributes.integer("kv_num_heads", 0));
    TMC_ASSIGN(scale_, attributes.real("scale", 0));
    TMC_ASSIGN(softcap_, attributes.real("softcap", 0));
    TMC_ASSIGN(is_causal_, attributes.integer("is_causal", 0));
    TMC_ASSIGN(left_window_, attributes.integer("left_window_size", -1));
    TMC_ASSIGN(right_window_, attributes.integer("right_window_size", -1));
    TMC_ASSIGN(mode_, attributes.integer("qk_matmul_output_mode", 0));
    if (mode_ >= 0 && mode_ <= 3) return {};
    return error(Error::kMalformed, "its qk_matmul_output_mode is {}", mode_);
  }

  ops::Attention operator_of() const {
    const auto small = [](int64_t count) { return static_cast<int32_t>(std::clamp<int64_t>(count, 0, INT32_MAX)); };
    return {.heads = small(query_heads_),
            .kv_heads = small(key_heads_),
            .scale = scale_,
            .causal = is_causal_ != 0,
            .left_window = std::max<int64_t>(left_window_, -1),
            .right_window = std::max<int64_t>(right_window_, -1),
            .softcap = softcap_};
  }

  // [batch, heads, length, size]; of rank 3 the heads are side by side.
  Result<ValueId> heads(size_t input, int64_t count, const std::string& name) {
    TMC_ASSIGN(ValueId value, context_.input(input));
    const Shape shape = context_.type(value).shape;
    if (shape.rank() == 4) return value;
    is_flat_ = true;
    return heads_apart(context_, value, count, name);
  }

  Result<ValueId> with_past(size_t input, ValueId value, const std::string& name) {
    TMC_ASSIGN(const ValueId past, context_.optional_input(input));
    if (past == ValueId::kNone) return value;
    if (context_.type(past).shape.rank() != 4) return error(Error::kMalformed, "its input {} has not rank 4", input);
    past_ = context_.type(past).shape[2];
    return context_.append(name, ops::Concat{.axis = 2}, {past, value});
  }

  // Each head as often as there are heads of queries for it.
  Result<ValueId> repeated(ValueId value, int64_t all_heads, const std::string& name) {
    const int64_t count = context_.type(value).shape[1];
    if (count == all_heads) return value;
    if (all_heads % count != 0) {
      return error(Error::kMalformed, "{} heads of queries do not share {} heads of keys", all_heads, count);
    }
    ops::Gather gather{.axes = {1}, .counts = {all_heads}, .indices = {}};
    for (int64_t i = 0; i < all_heads; ++i) gather.indices.push_back(i / (all_heads / count));
    return context_.append(name, gather, {value});
  }

  Result<ValueId> capped(ValueId products) {
    if (!(softcap_ > 0)) return products;
    const ValueId cap = context_.append_scalar("_cap", static_cast<float>(softcap_));
    TMC_ASSIGN(products, context_.append("_over_cap", ops::Div{}, {products, cap}));
    TMC_ASSIGN(products, context_.append("_tanh", ops::Tanh{}, {products}));
    return context_.append("_capped", ops::Mul{}, {products, cap});
  }

  // What is added to the products, of which a masked one becomes minus infinity; kNone where nothing is.
  Result<ValueId> sum_of_masks() {
    ValueId sum = ValueId::kNone;
    const auto add = [&](ValueId mask) -> Status {
      if (sum != ValueId::kNone && mask != ValueId::kNone) {
        TMC_ASSIGN(mask, context_.append(fmt::format("_mask_sum{}", sums_++), ops::Add{}, {sum, mask}));
      }
      if (mask != ValueId::kNone) sum = mask;
      return {};
    };
    TMC_ASSIGN(const ValueId given, given_mask());
    TMC_TRY(add(given));
    TMC_ASSIGN(const ValueId lengths, context_.optional_input(kLengths));
    may_mask_all_ = given != ValueId::kNone || lengths != ValueId::kNone;
    if (lengths != ValueId::kNone) {
      TMC_ASSIGN(const ValueId within, within_lengths(lengths));
      TMC_TRY(add(within));
    }
    if (is_causal_ == 0 && left_window_ < 0 && right_window_ < 0) return sum;
    TMC_ASSIGN(const ValueId near, lengths == ValueId::kNone || past_ > 0 ? near_keys() : near_keys(lengths));
    TMC_TRY(add(near));
    return sum;
  }

  // 0 where a key may be seen, minus infinity elsewhere.
  Result<ValueId> masked_where_not(ValueId allowed, const std::string& name) {
    const ValueId zero = context_.append_scalar(name + "_zero", 0);
    const ValueId masked = context_.append_scalar(name + "_never", kMasked);
    return context_.append(name, ops::Where{}, {allowed, zero, masked});
  }

  Result<ValueId> given_mask() {
    TMC_ASSIGN(ValueId mask, context_.optional_input(kMask));
    if (mask == ValueId::kNone) return mask;
    if (context_.type(mask).dtype == DType::kBool) {
      TMC_ASSIGN(mask, masked_where_not(mask, "_mask"));
    }
    const Shape shape = context_.type(mask).shape;
    if (shape.rank() < 1 || shape.back() >= keys_) return mask;
    std::vector<int64_t> pads(static_cast<size_t>(2 * shape.rank()), 0);
    pads.back() = keys_ - shape.back();
    return context_.append("_mask_padded", ops::Pad{.pads = pads, .value = static_cast<double>(kMasked)}, {mask});
  }

  Result<ValueId> within_lengths(ValueId lengths) {
    const Shape shape = context_.type(lengths).shape;
    if (shape.rank() != 1 || context_.type(lengths).dtype != DType::kI64) {
      return error(Error::kMalformed, "its lengths are no list of int64");
    }
    TMC_ASSIGN(const ValueId by_item, context_.append("_lengths", ops::Reshape{{shape[0], 1, 1, 1}}, {lengths}));
    TMC_ASSIGN(const ValueId places, append_counted(context_, "_places", {DType::kI64, Shape::of(keys_)}));
    TMC_ASSIGN(const ValueId within, context_.append("_within", ops::Less{}, {places, by_item}));
    return masked_where_not(within, "_padding");
  }

  // How far the query lies behind the key in element `at` of [queries, keys], but for where the queries begin.
  int64_t distance(int64_t at) const { return at / keys_ - at % keys_; }

  // Of all queries and keys, less how many queries there are.
  Result<ValueId> distances() {
    const ops::TensorType type{DType::kI64, Shape::of(queries_, keys_)};
    TMC_TRY(ir::verify_type(type));
    TMC_TRY(context_.budget().take_computed(type));
    std::vector<int64_t> values;
    for (int64_t i = 0; i < type.shape.elements(); ++i) values.push_back(distance(i) - queries_);
    return context_.graph().add_constant(context_.first_output_name() + "_distances", type,
                                         integer_data(DType::kI64, values));
  }

  // Keys that are not ahead, and within the window, of queries that follow the past keys.
  Result<ValueId> near_keys() {
    const Shape shape = Shape::of(queries_, keys_);
    TMC_TRY(ir::verify_type({DType::kF32, shape}));
    TMC_TRY(context_.budget().take_computed({DType::kF32, shape}));
    const ops::Attention op = operator_of();
    std::vector<float> bias;
    for (int64_t i = 0; i < shape.elements(); ++i) bias.push_back(op.sees(distance(i) + past_) ? 0 : kMasked);
    may_mask_all_ = may_mask_all_ || left_window_ >= 0 || right_window_ >= 0;
    return context_.graph().add_constant(context_.first_output_name() + "_near", {DType::kF32, shape},
                                         ir::TensorData::of(std::span<const float>(bias)));
  }

  // The same of queries that are the last of each item's keys, of which the lengths say how many there are.
  Result<ValueId> near_keys(ValueId lengths) {
    const int64_t batch = context_.type(lengths).shape[0];
    TMC_ASSIGN(const ValueId by_item, context_.append("_ends", ops::Reshape{{batch, 1, 1, 1}}, {lengths}));
    TMC_ASSIGN(const ValueId places, distances());
    TMC_ASSIGN(const ValueId behind, context_.append("_behind", ops::Add{}, {by_item, places}));
    ValueId sees = ValueId::kNone;
    const auto require = [&](const ops::AnyOp& compare, int64_t limit, const std::string& name) -> Status {
      TMC_ASSIGN(const ValueId bound, append_integers(context_, name + "_limit", Shape(), {limit}));
      TMC_ASSIGN(ValueId holds, context_.append(name, compare, {behind, bound}));
      if (sees != ValueId::kNone) {
        TMC_ASSIGN(holds, context_.append(name + "_too", ops::LogicalAnd{}, {sees, holds}));
      }
      sees = holds;
      return {};
    };
    if (is_causal_ != 0) TMC_TRY(require(ops::GreaterOrEqual{}, 0, "_causal"));
    if (left_window_ >= 0) TMC_TRY(require(ops::LessOrEqual{}, left_window_, "_left"));
    if (right_window_ >= 0) TMC_TRY(require(ops::GreaterOrEqual{}, -right_window_, "_right"));
    return masked_where_not(sees, "_near");
  }

  // A query that sees no key attends to nothing.
  Result<ValueId> without_empty_rows(ValueId shares, ValueId bias) {
    if (!may_mask_all_) return shares;
    TMC_ASSIGN(const ValueId most, context_.append("_most", ops::ReduceMax{{-1}, true}, {bias}));
    const ValueId never = context_.append_scalar("_never_seen", kMasked);
    TMC_ASSIGN(const ValueId empty, context_.append("_empty", ops::Equal{}, {most, never}));
    const ValueId zero = context_.append_scalar("_nothing", 0);
    return context_.append("_attended", ops::Where{}, {empty, zero, shares});
  }

  Status finish(ValueId shares, ValueId value) {
    if (!is_flat_) return context_.finish(ops::Matmul{}, {shares, value});
    TMC_ASSIGN(ValueId result, context_.append("_heads", ops::Matmul{}, {shares, value}));
    TMC_ASSIGN(result, context_.append("_together", ops::Transpose{{0, 2, 1, 3}}, {result}));
    const Shape shape = context_.type(result).shape;
    return context_.finish(ops::Reshape{{shape[0], shape[1], shape[2] * shape[3]}}, {result});
  }

  ImportContext& context_;
  int64_t query_heads_ = 0, key_heads_ = 0, is_causal_ = 0, left_window_ = -1, right_window_ = -1, mode_ = 0;
  double scale_ = 0, softcap_ = 0;
  int64_t queries_ = 0, keys_ = 0, past_ = 0;
  int sums_ = 0;
  bool is_flat_ = false;       // heads side by side
  bool may_mask_all_ = false;  // keys of a query
};

}  // namespace

Status import_attention(ImportContext& context) {
  return AttentionImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
