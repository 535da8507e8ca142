// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numeric>

#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

struct Resized {
  int64_t extent;
  float scale;
};

// An Upsample before opset 9 has them as an attribute.
Result<std::vector<float>> read_scales(ImportContext& context) {
  if (const auto* attribute = context.attributes().find("scales")) {
    return std::vector<float>(attribute->floats().begin(), attribute->floats().end());
  }
  TMC_ASSIGN(const Constant* scales, context.constant(context.opset() < 11 ? 1 : 2, "scales"));
  if (scales->type.dtype != DType::kF32) return error(Error::kMalformed, "its scales are no floats");
  return scales->data.to_vector<float>();
}

// By the axis of `given`: the new extents, stated or by their scales.
Result<std::vector<Resized>> read_resized(ImportContext& context, const Shape& shape, const std::vector<int>& axes) {
  std::vector<Resized> resized;
  if (context.opset() >= 11 && context.has_input(3)) {
    TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(3, "sizes"));
    for (size_t i = 0; i < sizes.size() && i < axes.size(); ++i) {
      resized.push_back({sizes[i], static_cast<float>(sizes[i]) / static_cast<float>(shape[axes[i]])});
    }
  } else {
    TMC_ASSIGN(const std::vector<float> scales, read_scales(context));
    for (const float scale : scales) {
      if (resized.size() == axes.size() || !(scale > 0 && scale < 1e6F)) {
        return error(Error::kMalformed, "its scales do not fit its input");
      }
      const auto extent = static_cast<float>(shape[axes[resized.size()]]);
      resized.push_back({static_cast<int64_t>(std::floor(extent * scale)), scale});
    }
  }
  if (resized.size() != axes.size()) return error(Error::kMalformed, "it has {} sizes or scales", resized.size());
  return resized;
}

Result<std::vector<int>> read_axes(ImportContext& context, int rank) {
  std::vector<int64_t> all(static_cast<size_t>(rank));
  std::iota(all.begin(), all.end(), 0);
  TMC_ASSIGN(const std::vector<int64_t> given, context.attributes().integers("axes", all));
  std::vector<int> axes;
  for (const int64_t axis : given) {
    TMC_ASSIGN(axes.emplace_back(), ops::normalize_axis(axis, rank));
  }
  return axes;
}

}  // namespace

Status import_resize(ImportContext& context) {
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const std::string mode, attributes.text("mode", "nearest"));
  TMC_ASSIGN(const std::string policy, attributes.text("keep_aspect_ratio_policy", "stretch"));
  const bool is_old = context.opset() < 11;
  TMC_ASSIGN(const std::string coordinates,
             attributes.text("coordinate_transformation_mode", is_old ? "asymmetric" : "half_pixel"));
  TMC_ASSIGN(const std::string rounding, attributes.text("nearest_mode", is_old ? "floor" : "round_prefer_floor"));
  if (mode != "nearest") return error(Error::kUnsupportedOp, "resizing of mode '{}' is not supported", mode);
  if (policy != "stretch") return error(Error::kUnsupportedOp, "the policy '{}' is not supported", policy);
  TMC_ASSIGN(const std::vector<int> axes, read_axes(context, shape.rank()));
  TMC_ASSIGN(const std::vector<Resized> resized, read_resized(context, shape, axes));
  ops::Gather op;
  for (size_t i = 0; i < axes.size(); ++i) {
    if (resized[i].extent == shape[axes[i]] && resized[i].scale == 1) continue;
    TMC_ASSIGN(const std::vector<int64_t> indices,
               nearest_indices(context.budget(), {coordinates, rounding}, shape[axes[i]], resized[i].extent,
                               resized[i].scale));
    op.read(axes[i], indices);
  }
  return op.axes.empty() ? import_pass_through(context) : import_moved(context, std::move(op));
}

}  // namespace tmc::frontend::onnx_format
