// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/images.hpp"
#include "tmc/frontend/savedmodel/importers.hpp"

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

Status import_conv(NodeContext& context) {
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(NodeContext::Attributes window, window_of(context, image));
  TMC_ASSIGN(const std::string filter, context.input(1));
  TMC_ASSIGN(const Shape weights, context.shape(1));
  TMC_TRY(check_rank(weights, image.shape.rank()));
  const int64_t channels = weights[weights.rank() - 2];
  if (channels < 1 || image.shape[1] % channels != 0) {
    return error(Error::kMalformed, "its weights are of {} channels, the image has {}", channels, image.shape[1]);
  }
  window.push_back({"group", image.shape[1] / channels});
  TMC_ASSIGN(const std::string turned, outputs_first(context, filter, weights.rank()));
  TMC_ASSIGN(const std::string result, context.append("Conv", {image.tensor, turned}, std::move(window)));
  return finish_image(context, image, result);
}

// Weights [rows, columns, channels, multiplier]: the outputs of a channel lie together.
Status import_depthwise(NodeContext& context) {
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(NodeContext::Attributes window, window_of(context, image));
  TMC_ASSIGN(const std::string filter, context.input(1));
  TMC_ASSIGN(const Shape weights, context.shape(1));
  TMC_TRY(check_rank(weights, 4));
  if (weights[2] != image.shape[1]) {
    return error(Error::kMalformed, "its weights are of {} channels, the image has {}", weights[2], image.shape[1]);
  }
  TMC_ASSIGN(const std::string joined, context.reshaped(filter, {weights[0], weights[1], 1, weights[2] * weights[3]}));
  window.push_back({"group", image.shape[1]});
  TMC_ASSIGN(const std::string turned, outputs_first(context, joined, weights.rank()));
  TMC_ASSIGN(const std::string result, context.append("Conv", {image.tensor, turned}, std::move(window)));
  return finish_image(context, image, result);
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
  TMC_ASSIGN(const std::string turned, outputs_first(context, filter, weights.rank()));
  TMC_ASSIGN(
      const std::string result,
      context.append("ConvTranspose", {image.tensor, turned},
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

// Without training: scale, offset, mean and variance are operands.
Status import_batch_norm(NodeContext& context) {
  TMC_ASSIGN(const bool trains, context.truth("is_training", true));
  if (trains) {
    return error(Error::kUnsupportedOp, "it takes mean and variance of its input, as in training")
        .with_hint("export the model for inference (training=False)");
  }
  TMC_ASSIGN(const double epsilon, context.real("epsilon", 1e-4));
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(NodeContext::Tensors operands, context.tensors());
  operands[0] = image.tensor;
  TMC_ASSIGN(const std::string result, context.append("BatchNormalization", operands, {{"epsilon", epsilon}}));
  return finish_image(context, image, result);
}

Status import_local_response(NodeContext& context) {
  TMC_ASSIGN(const int64_t radius, context.integer("depth_radius", 5));
  TMC_ASSIGN(const double bias, context.real("bias", 1));
  TMC_ASSIGN(const double alpha, context.real("alpha", 1));
  TMC_ASSIGN(const double beta, context.real("beta", 0.5));
  constexpr int64_t kMost = 1 << 20;
  if (radius < 0 || radius > kMost) return error(Error::kMalformed, "its radius is {}", radius);
  TMC_ASSIGN(const Image image, image_of(context, 0));
  const int64_t size = 2 * radius + 1;  // by which ONNX divides alpha
  TMC_ASSIGN(
      const std::string result,
      context.append("LRN", {image.tensor},
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
