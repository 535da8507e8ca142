// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rotary_embedding.hpp"

#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {
namespace {

class RotaryExport {
 public:
  explicit RotaryExport(ExportContext& context)
      : context_(context),
        op_(context.op<ops::RotaryEmbedding>()),
        x_(context.input_shape(0)),
        rotated_(ops::RotaryEmbedding::turned(op_, x_)) {}

  Status run() {
    TMC_ASSIGN(const std::string x, context_.input(0));
    const int64_t size = x_[2] / op_.heads;
    heads_ = reshaped(x, {x_[0], x_[1], op_.heads, size});
    TMC_ASSIGN(const std::string cosine, angles(1));
    TMC_ASSIGN(const std::string sine, angles(2));
    const int64_t pairs = rotated_ / 2;
    const std::string first = op_.interleaved ? slice(0, rotated_, 2) : slice(0, pairs, 1);
    const std::string second = op_.interleaved ? slice(1, rotated_, 2) : slice(pairs, rotated_, 1);
    const std::string real = context_.append("Sub", {times(first, cosine), times(second, sine)});
    const std::string imaginary = context_.append("Add", {times(first, sine), times(second, cosine)});
    std::string turned = op_.interleaved ? interleaved(real, imaginary) : joined(real, imaginary, 3);
    if (rotated_ < size) turned = joined(turned, slice(rotated_, size, 1), 3);
    return context_.finish("Reshape", {turned, context_.integers("shape", {x_.begin(), x_.end()})});
  }

 private:
  std::string times(const std::string& a, const std::string& b) { return context_.append("Mul", {a, b}); }
  std::string reshaped(const std::string& value, const std::vector<int64_t>& extents) {
    return context_.append("Reshape", {value, context_.integers("extents", extents)});
  }
  std::string joined(const std::string& a, const std::string& b, int64_t axis) {
    return context_.append("Concat", {a, b}, {{"axis", axis}});
  }
  std::string slice(int64_t begin, int64_t end, int64_t step) {
    return context_.append("Slice", {heads_, context_.integers("begin", {begin}), context_.integers("end", {end}),
                                     context_.integers("axes", {3}), context_.integers("step", {step})});
  }
  // As they broadcast to the heads.
  Result<std::string> angles(size_t index) {
    TMC_ASSIGN(const std::string table, context_.input(index));
    const Shape& shape = context_.input_shape(index);
    return reshaped(table, {shape.rank() == 2 ? 1 : shape[0], x_[1], 1, rotated_ / 2});
  }
  std::string interleaved(const std::string& real, const std::string& imaginary) {
    const std::vector<int64_t> column = {x_[0], x_[1], op_.heads, rotated_ / 2, 1};
    const std::string pairs = joined(reshaped(real, column), reshaped(imaginary, column), 4);
    return reshaped(pairs, {x_[0], x_[1], op_.heads, rotated_});
  }

  ExportContext& context_;
  const ops::RotaryEmbedding& op_;
  const Shape& x_;
  const int64_t rotated_;
  std::string heads_;
};

}  // namespace

// In the operators of opset 17; ONNX has one for it only from opset 23 on.
Status export_rotary_embedding(ExportContext& context) {
  return RotaryExport(context).run();
}

}  // namespace tmc::exporter::onnx_format
