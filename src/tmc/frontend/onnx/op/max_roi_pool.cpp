// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "tmc/frontend/onnx/chain.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// The greatest of each bin of regions, an axis after the other: a pixel counts where it lies in the bin's range.
class RegionPool {
 public:
  explicit RegionPool(ImportContext& context) : context_(context), chain_(context) {}

  Status run() {
    TMC_ASSIGN(const std::vector<int64_t> bins, context_.attributes().integers("pooled_shape"));
    TMC_ASSIGN(const double scale, context_.attributes().real("spatial_scale", 1));
    TMC_ASSIGN(const ValueId images, context_.input(0));
    TMC_ASSIGN(regions_, context_.input(1));
    const Shape shape = context_.type(images).shape;
    const Shape regions = context_.type(regions_).shape;
    if (shape.rank() != 4 || regions.rank() != 2 || regions[1] != 5 || bins.size() != 2 ||
        std::ranges::any_of(bins, [](int64_t count) { return count < 1 || count > kMostBins; })) {
      return error(Error::kMalformed, "its operands are no images, no regions [regions, 5], or it has no pooled_shape");
    }
    scale_ = static_cast<float>(scale);
    count_ = regions[0];
    TMC_ASSIGN(ValueId items, column("_items", 0));
    TMC_ASSIGN(items, as_dtype(context_, "_items_i32", items, DType::kI32));
    TMC_ASSIGN(items, reshaped(context_, "_items_list", items, Shape::of(count_)));
    TMC_ASSIGN(ValueId pooled, context_.append("_images", ops::Lookup{0}, {images, items}));
    for (const int axis : {3, 2}) {
      TMC_ASSIGN(pooled, pool(pooled, axis, bins[static_cast<size_t>(axis) - 2], shape[axis]));
    }
    // A bin without pixels is 0.
    const ValueId least = context_.append_scalar("_least", -std::numeric_limits<float>::infinity());
    TMC_ASSIGN(const ValueId is_empty, context_.append("_is_empty", ops::Equal{}, {pooled, least}));
    return context_.finish(ops::Where{}, {is_empty, context_.append_scalar("_empty", 0), pooled});
  }

 private:
  static constexpr int64_t kMostBins = 64;

  // [regions, 1]
  Result<ValueId> column(const std::string& suffix, int64_t index) {
    ops::Slice slice = ops::Slice::whole(context_.type(regions_).shape);
    slice.read(1, index, 1);
    return context_.append(suffix, std::move(slice), {regions_});
  }

  // A corner in pixels, to the nearest whole one, and away from zero between two.
  Result<ValueId> corner(const std::string& suffix, int64_t index) {
    TMC_ASSIGN(const ValueId given, column(suffix, index));
    TMC_ASSIGN(const ValueId scaled, chain_.with(suffix + "_scaled", ops::Mul{}, given, scale_));
    TMC_ASSIGN(const ValueId size, chain_.unary(suffix + "_size", ops::Abs{}, scaled));
    TMC_ASSIGN(const ValueId whole, chain_.unary(suffix + "_whole", ops::Floor{}, size));
    TMC_ASSIGN(const ValueId rest, chain_.binary(suffix + "_rest", ops::Sub{}, size, whole));
    TMC_ASSIGN(const ValueId is_more, chain_.with(suffix + "_is_more", ops::GreaterOrEqual{}, rest, 0.5F));
    TMC_ASSIGN(const ValueId one, as_dtype(context_, suffix + "_one", is_more, DType::kF32));
    TMC_ASSIGN(const ValueId up, chain_.binary(suffix + "_up", ops::Add{}, whole, one));
    TMC_ASSIGN(const ValueId sign, chain_.unary(suffix + "_sign", ops::Sign{}, scaled));
    return chain_.binary(suffix + "_rounded", ops::Mul{}, up, sign);
  }

  Result<ValueId> pool(ValueId value, int axis, int64_t bins, int64_t pixels) {
    const std::string suffix = axis == 3 ? "_x" : "_y";
    TMC_ASSIGN(const ValueId begin, corner(suffix + "_begin", axis == 3 ? 1 : 2));
    TMC_ASSIGN(const ValueId end, corner(suffix + "_end", axis == 3 ? 3 : 4));
    TMC_ASSIGN(const ValueId distance, chain_.binary(suffix + "_distance", ops::Sub{}, end, begin));
    TMC_ASSIGN(const ValueId wide, chain_.with(suffix + "_wide", ops::Add{}, distance, 1));
    TMC_ASSIGN(const ValueId pixels_of_region, chain_.with(suffix + "_pixels", ops::Max{}, wide, 1));
    TMC_ASSIGN(const ValueId bin, chain_.with(suffix + "_bin", ops::Div{}, pixels_of_region, static_cast<float>(bins)));
    std::vector<float> numbers;
    for (int64_t pixel = 0; pixel < pixels; ++pixel) numbers.push_back(static_cast<float>(pixel));
    TMC_ASSIGN(const ValueId places, append_reals(context_, suffix + "_places", Shape::of(1, pixels), numbers));
    const ValueId least = context_.append_scalar(suffix + "_least", -std::numeric_limits<float>::infinity());
    std::vector<ValueId> parts;
    for (int64_t at = 0; at < bins; ++at) {
      const std::string own = fmt::format("{}{}", suffix, at);
      TMC_ASSIGN(const ValueId from, edge(own + "_from", bin, begin, at, ops::Floor{}));
      TMC_ASSIGN(const ValueId to, edge(own + "_to", bin, begin, at + 1, ops::Ceil{}));
      TMC_ASSIGN(const ValueId is_behind, context_.append(own + "_is_behind", ops::GreaterOrEqual{}, {places, from}));
      TMC_ASSIGN(const ValueId is_before, context_.append(own + "_is_before", ops::Less{}, {places, to}));
      TMC_ASSIGN(ValueId counts, context_.append(own + "_counts", ops::LogicalAnd{}, {is_behind, is_before}));
      const Shape aligned = axis == 3 ? Shape::of(count_, 1, 1, pixels) : Shape::of(count_, 1, pixels, 1);
      TMC_ASSIGN(counts, reshaped(context_, own + "_aligned", counts, aligned));
      TMC_ASSIGN(const ValueId kept, context_.append(own + "_kept", ops::Where{}, {counts, value, least}));
      TMC_ASSIGN(parts.emplace_back(), context_.append(own + "_greatest", ops::ReduceMax{{axis}, true}, {kept}));
    }
    if (parts.size() == 1) return parts.front();
    return context_.append(suffix + "_pooled", ops::Concat{.axis = axis}, std::move(parts));
  }

  // Where a bin begins, or ends: [regions, 1].
  Result<ValueId> edge(const std::string& suffix, ValueId bin, ValueId begin, int64_t index, const ops::AnyOp& rounds) {
    TMC_ASSIGN(const ValueId distance, chain_.with(suffix + "_distance", ops::Mul{}, bin, static_cast<float>(index)));
    TMC_ASSIGN(const ValueId whole, chain_.unary(suffix + "_whole", rounds, distance));
    return chain_.binary(suffix, ops::Add{}, whole, begin);
  }

  ImportContext& context_;
  Chain chain_;
  ValueId regions_ = ValueId::kNone;
  int64_t count_ = 0;
  float scale_ = 1;
};

}  // namespace

Status import_max_roi_pool(ImportContext& context) {
  return RegionPool(context).run();
}

}  // namespace tmc::frontend::onnx_format
