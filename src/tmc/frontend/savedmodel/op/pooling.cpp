// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/images.hpp"
#include "tmc/frontend/savedmodel/importers.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/max_pool2d.hpp"

namespace tmc::frontend::savedmodel {
namespace {

template <typename Op>
Status pool(NodeContext& context, const char* onnx) {
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(std::vector<int64_t> kernel, per_axis(context, image, "ksize"));
  if (image.is_plain) {
    Op op;
    op.kernel_h = static_cast<int32_t>(kernel[0]);
    op.kernel_w = static_cast<int32_t>(kernel[1]);
    TMC_TRY(set_window(context, image, kernel, op));
    return context.finish_node(op, {image.tensor});
  }
  TMC_ASSIGN(NodeContext::Attributes window, window_of(context, image));
  window.push_back({"kernel_shape", std::move(kernel)});
  TMC_ASSIGN(const std::string tensor, channels_second(context, image));
  TMC_ASSIGN(const std::string result, context.append(onnx, {tensor}, std::move(window)));
  return finish_image(context, image, result);
}
Status import_max_pool(NodeContext& context) {
  return pool<ops::MaxPool2d>(context, "MaxPool");
}
Status import_average_pool(NodeContext& context) {
  return pool<ops::AveragePool2d>(context, "AveragePool");
}

Status blocks(NodeContext& context, const char* onnx, const char* mode) {
  TMC_ASSIGN(const Image image, image_of(context, 0));
  TMC_ASSIGN(const int64_t size, context.integer("block_size", 1));
  NodeContext::Attributes attributes = {{"blocksize", size}};
  if (mode != nullptr) attributes.push_back({"mode", std::string(mode)});
  TMC_ASSIGN(const std::string tensor, channels_second(context, image));
  TMC_ASSIGN(const std::string result, context.append(onnx, {tensor}, std::move(attributes)));
  return finish_image(context, image, result);
}
Status import_depth_to_space(NodeContext& context) {
  return blocks(context, "DepthToSpace", "DCR");
}
Status import_space_to_depth(NodeContext& context) {
  return blocks(context, "SpaceToDepth", nullptr);
}

// Rows and columns to those of operand 1.
Status resize(NodeContext& context, const std::string& mode) {
  TMC_ASSIGN(std::string tensor, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(1, "sizes"));
  TMC_ASSIGN(const bool aligns, context.truth("align_corners", false));
  TMC_ASSIGN(const bool half_pixels, context.truth("half_pixel_centers", false));
  if (sizes.size() != 2) return error(Error::kMalformed, "it has {} sizes, not two", sizes.size());
  TMC_ASSIGN(const std::string extents, context.append_integers(sizes));
  const bool is_nearest = mode == "nearest";
  std::string coordinates = "asymmetric";
  if (aligns) coordinates = "align_corners";
  if (half_pixels) coordinates = is_nearest ? "tf_half_pixel_for_nn" : "half_pixel";
  NodeContext::Attributes attributes = {
      {"mode", mode}, {"coordinate_transformation_mode", coordinates}, {"axes", std::vector<int64_t>{1, 2}}};
  if (is_nearest) attributes.push_back({"nearest_mode", std::string(aligns ? "round_prefer_ceil" : "floor")});
  if (!is_nearest) {
    TMC_ASSIGN(tensor, context.as_dtype(tensor, DType::kF32));
  }
  return context.finish("Resize", {tensor, "", "", extents}, std::move(attributes));
}
Status import_bilinear(NodeContext& context) {
  return resize(context, "linear");
}
Status import_nearest(NodeContext& context) {
  return resize(context, "nearest");
}

}  // namespace

std::span<const Importer> pooling_operators() {
  static constexpr Importer kOperators[] = {
      {"AvgPool", import_average_pool},
      {"AvgPool3D", import_average_pool},
      {"DepthToSpace", import_depth_to_space},
      {"MaxPool", import_max_pool},
      {"MaxPool3D", import_max_pool},
      {"ResizeBilinear", import_bilinear},
      {"ResizeNearestNeighbor", import_nearest},
      {"SpaceToDepth", import_space_to_depth},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
