// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/attention.hpp"

#include <limits>

#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {
namespace {

constexpr size_t kQuery = 0, kKey = 1, kValue = 2, kMask = 3;

// In the operators of opset 17; ONNX has one for it only from opset 23 on.
class AttentionExport {
 public:
  explicit AttentionExport(ExportContext& context) : context_(context), op_(context.op<ops::Attention>()) {}

  Status run() {
    TMC_ASSIGN(const std::string query, heads(kQuery, op_.heads, {0, 2, 1, 3}));
    TMC_ASSIGN(const std::string key, heads(kKey, op_.kv_heads, {0, 2, 3, 1}));
    TMC_ASSIGN(const std::string value, heads(kValue, op_.kv_heads, {0, 2, 1, 3}));
    const int64_t size = context_.input_shape(kQuery)[2] / op_.heads;
    std::string scores = context_.append("MatMul", {query, repeated(key)});
    scores = capped(context_.append("Mul", {scores, context_.scalar("scale", op_.score_scale(size))}));
    TMC_ASSIGN(scores, masked(scores));
    std::string shares = context_.append("Softmax", {scores}, {{"axis", int64_t{-1}}});
    // Where no key is seen all scores are minus infinity, and their shares no numbers.
    if (hides_) {
      const std::string is_none = context_.append("IsNaN", {shares});
      shares = context_.append("Where", {is_none, context_.scalar("nothing", 0), shares});
    }
    const std::string result = context_.append("MatMul", {shares, repeated(value)});
    const std::string rows = context_.append("Transpose", {result}, {{"perm", std::vector<int64_t>{0, 2, 1, 3}}});
    const Shape& shape = context_.output_shape();
    return context_.finish("Reshape", {rows, context_.integers("shape", {shape.begin(), shape.end()})});
  }

 private:
  // The heads apart, in that order of axes.
  Result<std::string> heads(size_t input, int64_t count, const std::vector<int64_t>& order) {
    TMC_ASSIGN(const std::string name, context_.input(input));
    const Shape& shape = context_.input_shape(input);
    const std::string apart =
        context_.append("Reshape", {name, context_.integers("split", {shape[0], shape[1], count, shape[2] / count})});
    return context_.append("Transpose", {apart}, {{"perm", order}});
  }

  std::string repeated(const std::string& name) {
    if (op_.kv_heads == op_.heads) return name;
    std::vector<int64_t> of_head;
    for (int64_t head = 0; head < op_.heads; ++head) of_head.push_back(head / (op_.heads / op_.kv_heads));
    return context_.append("Gather", {name, context_.integers("heads", of_head)}, {{"axis", int64_t{1}}});
  }

  std::string capped(const std::string& scores) {
    if (!(op_.softcap > 0)) return scores;
    const std::string cap = context_.scalar("cap", op_.softcap);
    return context_.append("Mul", {context_.append("Tanh", {context_.append("Div", {scores, cap})}), cap});
  }

  Result<std::string> masked(std::string scores) {
    if (op_.causal || op_.left_window >= 0 || op_.right_window >= 0) {
      hides_ = true;
      scores = context_.append("Add", {scores, near_keys()});
    }
    if (!context_.has_input(kMask)) return scores;
    hides_ = true;
    TMC_ASSIGN(const std::string mask, context_.input(kMask));
    if (context_.input_value(kMask).type.dtype != DType::kBool) return context_.append("Add", {scores, mask});
    return context_.append("Where", {mask, scores, context_.scalar("never", static_cast<double>(kNever))});
  }

  // 0 where a query may see a key, minus infinity elsewhere: [queries, keys].
  std::string near_keys() {
    const int64_t queries = context_.input_shape(kQuery)[1], keys = context_.input_shape(kKey)[1];
    const int64_t position = op_.first_position(queries, keys);
    std::vector<float> bias;
    for (int64_t at = 0; at < queries * keys; ++at) {
      bias.push_back(op_.sees(position + at / keys - at % keys) ? 0.0F : kNever);
    }
    return context_.reals("near", Shape::of(queries, keys), bias);
  }

  static constexpr float kNever = -std::numeric_limits<float>::infinity();
  ExportContext& context_;
  const ops::Attention& op_;
  bool hides_ = false;
};

}  // namespace

Status export_attention(ExportContext& context) {
  return AttentionExport(context).run();
}

}  // namespace tmc::exporter::onnx_format
