// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/images.hpp"

#include <algorithm>

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
  TMC_ASSIGN(const Shape shape, context.shape(input));
  TMC_ASSIGN(const std::string layout, context.text("data_format", "NHWC"));
  if (shape.rank() < 3 || layout.find('C') == std::string::npos || layout == "NCHW_VECT_C") {
    return error(Error::kUnsupportedShape, "its image has rank {} and the layout {}", shape.rank(), layout);
  }
  image.is_channels_last = layout.ends_with('C');
  if (image.is_channels_last) {
    TMC_ASSIGN(image.tensor, context.transposed(image.tensor, moved_channels(shape.rank(), false)));
  }
  TMC_ASSIGN(const ops::TensorType type, context.type_of(image.tensor));
  image.shape = type.shape;
  return image;
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

Result<NodeContext::Attributes> window_of(NodeContext& context, const Image& image) {
  TMC_ASSIGN(std::vector<int64_t> strides, per_axis(context, image, "strides"));
  TMC_ASSIGN(std::vector<int64_t> dilations, per_axis(context, image, "dilations"));
  TMC_ASSIGN(const std::string padding, context.text("padding", "VALID"));
  NodeContext::Attributes attributes = {{"strides", std::move(strides)}, {"dilations", std::move(dilations)}};
  if (padding == "SAME") attributes.push_back({"auto_pad", std::string("SAME_UPPER")});
  if (padding == "SAME" || padding == "VALID") return attributes;
  TMC_ASSIGN(const std::vector<int64_t> given, context.integers("explicit_paddings"));
  const auto rank = static_cast<size_t>(image.shape.rank());
  if (padding != "EXPLICIT" || given.size() != 2 * rank) {
    return error(Error::kMalformed, "its padding is '{}', with {} numbers", padding, given.size());
  }
  std::vector<int64_t> pads;
  for (const size_t end : {size_t{0}, size_t{1}}) {
    for (size_t axis = 1; axis < rank; ++axis) {
      if (axis != (image.is_channels_last ? rank - 1 : 1)) pads.push_back(given[2 * axis + end]);
    }
  }
  attributes.push_back({"pads", std::move(pads)});
  return attributes;
}

}  // namespace tmc::frontend::savedmodel
