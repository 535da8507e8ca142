// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/images.hpp"
#include "tmc/frontend/savedmodel/importers.hpp"
#include "tmc/ops/op/conv2d.hpp"

namespace tmc::frontend::savedmodel {
namespace {

// Weights [rows, columns, in, out] as [out, in, rows, columns], with as many axes of the image as there are.
Result<std::string> outputs_first(NodeContext& context, const std::string& weights, int rank) {
  std::vector<int64_t> perm = {rank - 1, rank - 2};
  for (int64_t axis = 0; axis < rank - 2; ++axis) perm.push_back(axis);
  return context.transposed(weights, std::move(perm));
}

Status check_rank(const Shape& weights, int rank) {
  if (weights.rank() == rank) return {};
  return error(Error::kMalformed, "its weights have rank {}, its image {}", weights.rank(), rank);
}

// With the weights [rows, columns, in of a group, out] of a filter.
Status convolve(NodeContext& context, const Image& image, const std::string& filter, int64_t groups) {
  TMC_ASSIGN(const ops::TensorType type, context.type_of(filter));
  if (image.is_plain && context.steps().constant(filter) != nullptr) {
    ops::Conv2d op;
    op.groups = static_cast<int32_t>(groups);
    TMC_TRY(set_window(context, image, {type.shape[0], type.shape[1]}, op));
    TMC_ASSIGN(const std::string weights, context.transposed(filter, {3, 0, 1, 2}));
    return context.finish_node(op, {image.tensor, weights});
  }
  TMC_ASSIGN(NodeContext::Attributes window, window_of(context, image));
  window.push_back({"group", groups});
  TMC_ASSIGN(const std::string tensor, channels_second(context, image));
  TMC_ASSIGN(const std::string weights, outputs_first(context, filter, type.shape.rank()));
  TMC_ASSIGN(const std::string result, context.append("Conv", {tensor, weights}, std::move(window)));
  return finish_image(context, image, result);
}

Status import_conv(NodeContext& context) {
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(const std::string filter, context.input(1));
  TMC_ASSIGN(const Shape weights, context.shape(1));
  TMC_TRY(check_rank(weights, image.shape.rank()));
  const int64_t channels = weights[weights.rank() - 2];
  if (channels < 1 || image.shape[1] % channels != 0) {
    return error(Error::kMalformed, "its weights are of {} channels, the image has {}", channels, image.shape[1]);
  }
  return convolve(context, image, filter, image.shape[1] / channels);
}

// Weights [rows, columns, channels, multiplier]: the outputs of a channel lie together.
Status import_depthwise(NodeContext& context) {
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(const std::string filter, context.input(1));
  TMC_ASSIGN(const Shape weights, context.shape(1));
  TMC_TRY(check_rank(weights, 4));
  if (image.shape.rank() != 4 || weights[2] != image.shape[1]) {
    return error(Error::kMalformed, "its weights are of {} channels, the image has {}", weights[2], image.shape[1]);
  }
  TMC_ASSIGN(const std::string joined, context.reshaped(filter, {weights[0], weights[1], 1, weights[2] * weights[3]}));
  return convolve(context, image, joined, image.shape[1]);
}

// The gradient of a convolution, which is a transposed one. Operands: the extents of the result, weights
// [rows, columns, out, in], the image.
Status import_transposed(NodeContext& context) {
  TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(0, "extents"));
  TMC_ASSIGN(const std::string filter, context.input(1));
  TMC_ASSIGN(const Shape weights, context.shape(1));
  TMC_ASSIGN(const Image image, image_of(context, 2));
  TMC_TRY(check_rank(weights, image.shape.rank()));
  TMC_ASSIGN(const std::string padding, context.text("padding", "VALID"));
  TMC_ASSIGN(const std::vector<int64_t> strides, per_axis(context, image, "strides"));
  TMC_ASSIGN(const std::vector<int64_t> dilations, per_axis(context, image, "dilations"));
  const size_t count = strides.size();
  if (sizes.size() != count + 2 || (padding != "SAME" && padding != "VALID")) {
    return error(Error::kUnsupportedOp, "it has {} extents and the padding {}", sizes.size(), padding);
  }
  std::vector<int64_t> pads(2 * count, 0), behind(count, 0);
  for (size_t i = 0; i < count; ++i) {
    const int axis = static_cast<int>(i);
    const int64_t full = strides[i] * (image.shape[2 + axis] - 1) + (weights[axis] - 1) * dilations[i] + 1;
    const int64_t result = sizes[i + (image.is_channels_last ? 1 : 2)];
    constexpr int64_t kMost = 1 << 20;
    if (result < 1 || result > kMost || full > kMost) {
      return error(Error::kUnsupportedShape, "axis {} of its result has extent {}", axis, result);
    }
    const int64_t cut = full - result;
    if (cut < 0) behind[i] = -cut;
    if (cut > 0) pads[i] = padding == "SAME" ? cut / 2 : 0;
    if (cut > 0) pads[count + i] = cut - pads[i];
  }
  TMC_ASSIGN(const std::string tensor, channels_second(context, image));
  TMC_ASSIGN(const std::string turned, outputs_first(context, filter, weights.rank()));
  TMC_ASSIGN(
      const std::string result,
      context.append("ConvTranspose", {tensor, turned},
                     {{"strides", strides}, {"dilations", dilations}, {"pads", pads}, {"output_padding", behind}}));
  return finish_image(context, image, result);
}

Status import_bias_add(NodeContext& context) {
  TMC_ASSIGN(const std::string value, context.input(0));
  TMC_ASSIGN(std::string bias, context.input(1));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const std::string layout, context.text("data_format", "NHWC"));
  if (layout == "NCHW" && shape.rank() > 2) {
    std::vector<int64_t> extents(static_cast<size_t>(shape.rank()) - 1, 1);
    extents[0] = shape[1];
    TMC_ASSIGN(bias, context.reshaped(bias, extents));
  }
  return context.finish("Add", {value, bias});
}

// Without training, as a factor and an addend per channel. Operands: the image, scale, offset, mean and variance.
Status import_batch_norm(NodeContext& context) {
  TMC_ASSIGN(const bool trains, context.truth("is_training", true));
  if (trains) {
    return error(Error::kUnsupportedOp, "it takes mean and variance of its input, as in training")
        .with_hint("export the model for inference (training=False)");
  }
  TMC_ASSIGN(const double epsilon, context.real("epsilon", 1e-4));
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(const NodeContext::Tensors operands, context.tensors());
  if (operands.size() < 5) return error(Error::kMalformed, "it has {} operands, not five", operands.size());
  TMC_ASSIGN(const std::string least, context.append_scalar(epsilon, DType::kF32));
  TMC_ASSIGN(const std::string variance, context.append("Add", {operands[4], least}));
  TMC_ASSIGN(const std::string deviation, context.append("Sqrt", {variance}));
  TMC_ASSIGN(std::string factor, context.append("Div", {operands[1], deviation}));
  TMC_ASSIGN(const std::string shift, context.append("Mul", {operands[3], factor}));
  TMC_ASSIGN(std::string addend, context.append("Sub", {operands[2], shift}));
  if (!image.is_channels_last) {
    std::vector<int64_t> extents(static_cast<size_t>(image.shape.rank()) - 1, 1);
    extents[0] = image.shape[1];
    TMC_ASSIGN(factor, context.reshaped(factor, extents));
    TMC_ASSIGN(addend, context.reshaped(addend, extents));
  }
  TMC_ASSIGN(const std::string scaled, context.append("Mul", {operands[0], factor}));
  return context.finish("Add", {scaled, addend});
}

Status import_local_response(NodeContext& context) {
  TMC_ASSIGN(const int64_t radius, context.integer("depth_radius", 5));
  TMC_ASSIGN(const double bias, context.real("bias", 1));
  TMC_ASSIGN(const double alpha, context.real("alpha", 1));
  TMC_ASSIGN(const double beta, context.real("beta", 0.5));
  constexpr int64_t kMost = 1 << 20;
  if (radius < 0 || radius > kMost) return error(Error::kMalformed, "its radius is {}", radius);
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(const std::string tensor, channels_second(context, image));
  const int64_t size = 2 * radius + 1;  // by which ONNX divides alpha
  TMC_ASSIGN(
      const std::string result,
      context.append("LRN", {tensor},
                     {{"size", size}, {"bias", bias}, {"alpha", alpha * static_cast<double>(size)}, {"beta", beta}}));
  return finish_image(context, image, result);
}

}  // namespace

std::span<const Importer> convolution_operators() {
  static constexpr std::string_view kNormOutputs = "y,batch_mean,batch_variance,reserve_space_1,reserve_space_2";
  static constexpr Importer kOperators[] = {
      {"BiasAdd", import_bias_add},
      {"Conv2D", import_conv},
      {"Conv2DBackpropInput", import_transposed},
      {"Conv3D", import_conv},
      {"DepthwiseConv2dNative", import_depthwise},
      {"FusedBatchNorm", import_batch_norm, nullptr, kNormOutputs},
      {"FusedBatchNormV2", import_batch_norm, nullptr, kNormOutputs},
      {"FusedBatchNormV3", import_batch_norm, nullptr, kNormOutputs},
      {"LRN", import_local_response},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
