// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "tmc/frontend/common/resample.hpp"
#include "tmc/frontend/onnx/declared.hpp"
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

// Where the policy says so, all axes are resized alike: as far as the sizes allow it, or demand it.
Status keep_aspect_ratio(ImportContext& context, const Shape& shape, const std::vector<int>& axes,
                         std::vector<Resized>& resized) {
  TMC_ASSIGN(const std::string policy, context.attributes().text("keep_aspect_ratio_policy", "stretch"));
  if (policy == "stretch" || resized.empty()) return {};
  if (policy != "not_larger" && policy != "not_smaller") {
    return error(Error::kMalformed, "its policy is '{}'", policy);
  }
  const auto [least, most] = std::ranges::minmax_element(resized, {}, &Resized::scale);
  const float scale = policy == "not_larger" ? least->scale : most->scale;
  constexpr float kMost = 1e9F;  // more than any axis has; what is beyond is refused with it
  for (size_t i = 0; i < resized.size(); ++i) {
    const float extent = std::clamp(scale * static_cast<float>(shape[axes[i]]), -kMost, kMost);
    resized[i] = {static_cast<int64_t>(std::round(extent)), scale};
  }
  return {};
}

// Sizes that are computed at run time are the declared ones, and so are the scales that follow from them. Scales are
// not: sizes are rounded down from what they give.
Result<std::vector<Resized>> declared_sizes(ImportContext& context, size_t operand, const Shape& shape,
                                            const std::vector<int>& axes) {
  const bool has_sizes = operand == 3;
  TMC_ASSIGN(const Shape declared, declared_shape(context, operand, has_sizes ? "sizes" : "scales"));
  TMC_ASSIGN(const std::string policy, context.attributes().text("keep_aspect_ratio_policy", "stretch"));
  if (!has_sizes || policy != "stretch" || declared.rank() != shape.rank()) {
    return error(Error::kUnsupportedShape, "its {} ('{}') do not follow from the declared shape",
                 has_sizes ? "sizes" : "scales", context.input_name(operand))
        .with_hint(fmt::format("make a constant of it: an initialiser named '{}'", context.input_name(operand)));
  }
  std::vector<Resized> resized;
  for (const int axis : axes) {
    resized.push_back({declared[axis], static_cast<float>(declared[axis]) / static_cast<float>(shape[axis])});
  }
  return resized;
}

// By the axis of `given`: the new extents, stated or by their scales.
Result<std::vector<Resized>> read_resized(ImportContext& context, const Shape& shape, const std::vector<int>& axes) {
  for (const size_t operand : {context.opset() < 11 ? size_t{1} : size_t{2}, size_t{3}}) {
    if (context.is_at_run_time(operand)) return declared_sizes(context, operand, shape, axes);
  }
  std::vector<Resized> resized;
  if (context.opset() >= 11 && context.has_input(3)) {
    TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(3, "sizes"));
    for (size_t i = 0; i < sizes.size() && i < axes.size(); ++i) {
      resized.push_back({sizes[i], static_cast<float>(sizes[i]) / static_cast<float>(shape[axes[i]])});
    }
    TMC_TRY(keep_aspect_ratio(context, shape, axes, resized));
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

// How it reads between elements; `axes` of the region of interest are those that are resized.
Result<std::vector<Resampling>> read_resampling(ImportContext& context, bool is_cubic, const std::string& coordinates,
                                                size_t axes) {
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const double coefficient, attributes.real("cubic_coeff_a", -0.75));
  TMC_ASSIGN(const int64_t exclude, attributes.integer("exclude_outside", 0));
  TMC_ASSIGN(const int64_t antialias, attributes.integer("antialias", 0));
  TMC_ASSIGN(const double extrapolation, attributes.real("extrapolation_value", 0));
  std::vector<Resampling> all(axes, Resampling{.is_cubic = is_cubic,
                                               .coordinates = coordinates,
                                               .cubic_coefficient = coefficient,
                                               .exclude_outside = exclude != 0,
                                               .antialias = antialias != 0,
                                               .extrapolation = static_cast<float>(extrapolation)});
  if (coordinates != "tf_crop_and_resize") return all;
  TMC_ASSIGN(const Constant* region, context.constant(1, "region of interest"));
  const Constant wide = widened(*region);
  if (wide.type.dtype != DType::kF32 || wide.type.shape.elements() != std::ssize(all) * 2) {
    return error(Error::kMalformed, "its region of interest does not have {} floats", 2 * axes);
  }
  const std::vector<float> ends = wide.data.to_vector<float>();
  for (size_t i = 0; i < axes; ++i) all[i].begin = ends[i], all[i].end = ends[i + axes];
  return all;
}

Status import_resampled(ImportContext& context, const std::vector<int>& axes, const std::vector<Resized>& resized,
                        const std::vector<Resampling>& how) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  const DType dtype = context.type(value).dtype;
  if (dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "resizing between elements is supported in float32, not in {}",
                 dtype_name(dtype));
  }
  for (size_t i = 0; i < axes.size(); ++i) {
    const int64_t extent = context.type(value).shape[axes[i]];
    if (resized[i].extent == extent && resized[i].scale == 1 && how[i].coordinates != "tf_crop_and_resize") continue;
    TMC_ASSIGN(const Taps taps, taps_of(context.budget(), how[i], extent, resized[i].extent, resized[i].scale));
    TMC_ASSIGN(value, resample(context, value, axes[i], taps));
  }
  return finish_resampled(context, value);
}

}  // namespace

Status import_resize(ImportContext& context) {
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const std::string mode, attributes.text("mode", "nearest"));
  const bool is_old = context.opset() < 11;
  TMC_ASSIGN(const std::string coordinates,
             attributes.text("coordinate_transformation_mode", is_old ? "asymmetric" : "half_pixel"));
  TMC_ASSIGN(const std::string rounding, attributes.text("nearest_mode", is_old ? "floor" : "round_prefer_floor"));
  const bool is_between = mode == "linear" || mode == "bilinear" || mode == "cubic";
  if (!is_between && mode != "nearest") {
    return error(Error::kUnsupportedOp, "resizing of mode '{}' is not supported", mode);
  }
  TMC_ASSIGN(const std::vector<int> axes, read_axes(context, shape.rank()));
  TMC_ASSIGN(const std::vector<Resized> resized, read_resized(context, shape, axes));
  if (is_between) {
    TMC_ASSIGN(const auto how, read_resampling(context, mode == "cubic", coordinates, axes.size()));
    return import_resampled(context, axes, resized, how);
  }
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
