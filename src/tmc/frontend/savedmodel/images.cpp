// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/images.hpp"

#include <algorithm>

#include "tmc/frontend/common/same_padding.hpp"

namespace tmc::frontend::savedmodel {
namespace {

constexpr int64_t kMostStep = 1 << 20;

// Where the axis of channels goes when it is moved from the end behind the batch, or back.
std::vector<int64_t> moved_channels(int rank, bool to_end) {
  std::vector<int64_t> perm = {0};
  if (!to_end) perm.push_back(rank - 1);
  for (int64_t axis = to_end ? 2 : 1; axis < (to_end ? rank : rank - 1); ++axis) perm.push_back(axis);
  if (to_end) perm.push_back(1);
  return perm;
}

}  // namespace

Result<Image> image_of(NodeContext& context, size_t input) {
  Image image;
  TMC_ASSIGN(image.tensor, context.input(input));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(image.tensor));
  TMC_ASSIGN(const std::string layout, context.text("data_format", "NHWC"));
  const int rank = type.shape.rank();
  if (rank < 3 || layout.find('C') == std::string::npos || layout == "NCHW_VECT_C") {
    return error(Error::kUnsupportedShape, "its image has rank {} and the layout {}", rank, layout);
  }
  image.is_channels_last = layout.ends_with('C');
  image.is_plain = image.is_channels_last && rank == 4 && type.dtype == DType::kF32;
  image.shape = type.shape;
  if (!image.is_channels_last) return image;
  const std::vector<int64_t> perm = moved_channels(rank, false);
  for (int axis = 0; axis < rank; ++axis) {
    image.shape[axis] = type.shape[static_cast<int>(perm[static_cast<size_t>(axis)])];
  }
  return image;
}

Result<std::string> channels_second(NodeContext& context, const Image& image) {
  if (!image.is_channels_last) return image.tensor;
  return context.transposed(image.tensor, moved_channels(image.shape.rank(), false));
}

Status finish_image(NodeContext& context, const Image& image, const std::string& result) {
  if (!image.is_channels_last) return context.finish_as(result);
  TMC_ASSIGN(const std::string turned, context.transposed(result, moved_channels(image.shape.rank(), true)));
  return context.finish_as(turned);
}

Result<std::vector<int64_t>> per_axis(NodeContext& context, const Image& image, const char* attribute) {
  const auto rank = static_cast<size_t>(image.shape.rank());
  TMC_ASSIGN(const std::vector<int64_t> given, context.integers(attribute));
  if (given.empty()) return std::vector<int64_t>(rank - 2, 1);
  if (given.size() != rank) return error(Error::kMalformed, "it has {} {} of {} axes", given.size(), attribute, rank);
  const size_t channels = image.is_channels_last ? rank - 1 : 1;
  if (given[0] != 1 || given[channels] != 1) {
    return error(Error::kUnsupportedOp, "its {} of batch and channels are {} and {}", attribute, given[0],
                 given[channels]);
  }
  std::vector<int64_t> along;
  for (size_t axis = 1; axis < rank; ++axis) {
    if (axis != channels) along.push_back(given[axis]);
  }
  if (std::ranges::all_of(along, [](int64_t step) { return step > 0 && step <= kMostStep; })) return along;
  return error(Error::kMalformed, "its {} are out of range", attribute);
}

namespace {

// Pads before each axis, then behind each, of a list with two for each axis of the operator's layout.
Result<std::vector<int64_t>> explicit_pads(NodeContext& context, const Image& image, const std::string& padding) {
  TMC_ASSIGN(const std::vector<int64_t> given, context.integers("explicit_paddings"));
  const auto rank = static_cast<size_t>(image.shape.rank());
  const bool is_out = std::ranges::any_of(given, [](int64_t pad) { return pad < 0 || pad > kMostStep; });
  if (padding != "EXPLICIT" || given.size() != 2 * rank || is_out) {
    return error(Error::kMalformed, "its padding is '{}', with {} numbers", padding, given.size());
  }
  std::vector<int64_t> pads;
  for (const size_t end : {size_t{0}, size_t{1}}) {
    for (size_t axis = 1; axis < rank; ++axis) {
      if (axis != (image.is_channels_last ? rank - 1 : 1)) pads.push_back(given[2 * axis + end]);
    }
  }
  return pads;
}

}  // namespace

Result<NodeContext::Attributes> window_of(NodeContext& context, const Image& image) {
  TMC_ASSIGN(std::vector<int64_t> strides, per_axis(context, image, "strides"));
  TMC_ASSIGN(std::vector<int64_t> dilations, per_axis(context, image, "dilations"));
  TMC_ASSIGN(const std::string padding, context.text("padding", "VALID"));
  NodeContext::Attributes attributes = {{"strides", std::move(strides)}, {"dilations", std::move(dilations)}};
  if (padding == "SAME") attributes.push_back({"auto_pad", std::string("SAME_UPPER")});
  if (padding == "SAME" || padding == "VALID") return attributes;
  TMC_ASSIGN(std::vector<int64_t> pads, explicit_pads(context, image, padding));
  attributes.push_back({"pads", std::move(pads)});
  return attributes;
}

Result<std::vector<AxisWindow>> windows_of(NodeContext& context, const Image& image,
                                           const std::vector<int64_t>& kernel) {
  TMC_ASSIGN(const std::vector<int64_t> strides, per_axis(context, image, "strides"));
  TMC_ASSIGN(const std::vector<int64_t> dilations, per_axis(context, image, "dilations"));
  TMC_ASSIGN(const std::string padding, context.text("padding", "VALID"));
  const size_t axes = strides.size();
  std::vector<int64_t> pads(2 * axes, 0);
  if (padding != "SAME" && padding != "VALID") {
    TMC_ASSIGN(pads, explicit_pads(context, image, padding));
  }
  std::vector<AxisWindow> windows;
  for (size_t i = 0; i < axes; ++i) {
    SamePadding pad{static_cast<int32_t>(pads[i]), static_cast<int32_t>(pads[axes + i])};
    if (padding == "SAME") {
      pad = same_padding(image.shape[2 + static_cast<int>(i)], kernel[i], strides[i], dilations[i]);
    }
    windows.push_back({static_cast<int32_t>(strides[i]), static_cast<int32_t>(dilations[i]), pad.before, pad.after});
  }
  return windows;
}

}  // namespace tmc::frontend::savedmodel
