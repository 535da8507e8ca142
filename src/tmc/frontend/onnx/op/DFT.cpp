// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/dft.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"

namespace tmc::frontend::onnx_format {
namespace {

constexpr size_t kDftLength = 1, kDftAxis = 2;
constexpr int64_t kDftAxisIsInputSince = 20;

class DftImport {
 public:
  explicit DftImport(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_ASSIGN(const int64_t inverse, context_.attributes().integer("inverse", 0));
    TMC_ASSIGN(const int64_t onesided, context_.attributes().integer("onesided", 0));
    inverse_ = inverse != 0;
    onesided_ = onesided != 0;
    TMC_ASSIGN(shape_, context_.shape_of(0));
    TMC_TRY(read_length());
    TMC_ASSIGN(const std::vector<std::vector<int64_t>> axes, possible_axes());
    if (axes.size() == 1) {
      TMC_ASSIGN(const ir::ValueId signal, context_.input(0));
      return context_.finish(along(axes.front().front()), {signal});
    }
    return import_along(context_, kDftAxis, axes,
                        [&](const std::vector<int64_t>& axis) { return along(axis.front()); });
  }

 private:
  // Where it is computed at run time the declared shape says it, unless half of a spectrum could be of two lengths.
  Status read_length() {
    if (context_.is_at_run_time(kDftLength)) {
      TMC_ASSIGN(declared_, declared_shape(context_, kDftLength, "length"));
      if (!onesided_ || inverse_) return {};
      return error(Error::kUnsupportedShape, "half a spectrum does not say the length '{}'",
                   context_.input_name(kDftLength))
          .with_hint("make a constant of the length");
    }
    if (!context_.has_input(kDftLength)) return {};
    TMC_ASSIGN(const std::vector<int64_t> given, context_.constant_ints(kDftLength, "length"));
    if (given.size() != 1) return error(Error::kMalformed, "its length is no scalar");
    TMC_TRY(ops::check_points(given.front()));
    length_ = given.front();
    return {};
  }

  ops::Dft along(int64_t axis) const {
    const int64_t extent = shape_[static_cast<int>(axis)];
    const int64_t otherwise = declared_               ? (*declared_)[static_cast<int>(axis)]
                              : inverse_ && onesided_ ? 2 * (extent - 1)
                                                      : extent;
    const int64_t length = std::clamp<int64_t>(length_.value_or(otherwise), 0, std::numeric_limits<int32_t>::max());
    return {static_cast<int32_t>(axis), static_cast<int32_t>(length), inverse_, onesided_};
  }

  Result<std::vector<std::vector<int64_t>>> possible_axes() {
    using Axes = std::vector<std::vector<int64_t>>;
    const int rank = shape_.rank();
    if (declared_ && declared_->rank() != rank) return error(Error::kMalformed, "its declared shape has another rank");
    if (context_.opset() >= kDftAxisIsInputSince && context_.is_at_run_time(kDftAxis)) return axes_of_declared_shape();
    int64_t axis = context_.opset() >= kDftAxisIsInputSince ? -2 : 1;
    if (context_.opset() < kDftAxisIsInputSince) {
      TMC_ASSIGN(axis, context_.attributes().integer("axis", axis));
    } else if (context_.has_input(kDftAxis)) {
      TMC_ASSIGN(const std::vector<int64_t> given, context_.constant_ints(kDftAxis, "axis"));
      if (given.size() != 1) return error(Error::kMalformed, "its axis is no scalar");
      axis = given.front();
    }
    TMC_ASSIGN(const int normalized, ops::normalize_axis(axis, rank));
    return Axes{{normalized}};
  }

  // Those along which the transform has the shape that the file declares.
  Result<std::vector<std::vector<int64_t>>> axes_of_declared_shape() {
    TMC_ASSIGN(const Shape declared, declared_shape(context_, kDftAxis, "axis"));
    if (declared.rank() != shape_.rank()) return error(Error::kMalformed, "its declared shape has another rank");
    const ops::TensorType input{DType::kF32, shape_};
    const ops::TensorType* const inputs[] = {&input};
    std::vector<std::vector<int64_t>> axes;
    for (int axis = 0; axis + 1 < shape_.rank(); ++axis) {
      const auto inferred = ops::Dft::infer(along(axis), {inputs});
      if (inferred.ok() && inferred.value().front().shape == declared) axes.push_back({axis});
    }
    return axes;
  }

  ImportContext& context_;
  bool inverse_ = false;
  bool onesided_ = false;
  Shape shape_;
  std::optional<int64_t> length_;
  std::optional<Shape> declared_;
};

}  // namespace

Status import_DFT(ImportContext& context) {
  return DftImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
