// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/values.hpp"

#include <algorithm>
#include <optional>

#include "tmc/base/dtype.hpp"
#include "tmc/program/params.hpp"

namespace tmc::program {
namespace {

struct Range {
  int64_t least, most;
};

// "output_shift" and "a_shifts" are called after "shift".
bool is_called(std::string_view name, std::string_view what) {
  if (name.ends_with('s') && !what.ends_with('s')) name.remove_suffix(1);
  if (!name.ends_with(what)) return false;
  return name.size() == what.size() || name[name.size() - what.size() - 1] == '_';
}

// Of the operand "a" for "a_zero_point".
std::optional<DType> dtype_of_namesake(const kernels::KernelInfo& kernel, kernels::Words words, std::string_view name) {
  for (size_t i = 0; i < kernel.buffers.size(); ++i) {
    const std::string_view operand = kernel.buffers[i].name;
    if (name.starts_with(operand) && name.substr(operand.size()).starts_with('_')) {
      return operand_dtype(kernel, words, i);
    }
  }
  return std::nullopt;
}

// Numbers of i32 are subtracted, so that their least has no place.
Range zero_points_of(std::optional<DType> dtype) {
  if (dtype == DType::kI32) return {-INT32_MAX, INT32_MAX};
  const bool is_known = dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16;
  return is_known ? Range{dtype_min(*dtype), dtype_max(*dtype)} : Range{INT16_MIN, UINT16_MAX};
}

std::optional<Range> range_of(const kernels::KernelInfo& kernel, kernels::Words words, std::string_view name) {
  if (name == "b_sign") return Range{-1, 1};
  if (name == "a_shift" || name == "b_shift") return Range{-31, 0};  // so that their sum fits
  if (name == "snr_shift") return Range{0, 63};                      // of 64 bits
  if (is_called(name, "shift")) return Range{-31, 31};
  if (is_called(name, "stride")) return Range{-(1 << 30), 1 << 30};
  if (is_called(name, "zero_point") || is_called(name, "zero")) {
    return zero_points_of(dtype_of_namesake(kernel, words, name));
  }
  return std::nullopt;
}

// Along an axis of a window.
struct Axis {
  int64_t inputs, outputs, taps, stride, dilation, pad;

  int64_t span() const { return (taps - 1) * dilation; }
  int64_t last_begin() const { return (outputs - 1) * stride; }  // in the padded image
  // Places of taps, of which kernels compute all before they leave out those outside.
  bool has_places() const { return last_begin() + span() < INT32_MAX; }
  bool meets_image() const { return pad <= span() && last_begin() - pad < inputs; }
};

class Window {
 public:
  Window(const kernels::KernelInfo& kernel, kernels::Words words) : kernel_(kernel), words_(words) {}

  bool exists() const { return has("kernel_h") && has("kernel_w") && has("input_h"); }
  bool has_places() const { return height().has_places() && width().has_places(); }
  // Pools alone count what they meet.
  bool is_pool() const { return has("channels"); }
  bool meets_image() const { return height().meets_image() && width().meets_image(); }
  bool has_sum() const { return value("kernel_h") * value("kernel_w") <= kMostElements; }

  static constexpr int64_t kMostElements = 1 << 23;  // of nine bits each, since zero points go off

 private:
  bool has(std::string_view name) const { return !find_param(kernel_, words_, name).empty(); }
  int64_t value(std::string_view name, int64_t otherwise = 1) const {
    const auto found = find_param(kernel_, words_, name);
    return found.empty() ? otherwise : found.front();
  }
  Axis height() const {
    return {value("input_h"),  value("output_h"),   value("kernel_h"),
            value("stride_h"), value("dilation_h"), value("pad_top", 0)};
  }
  Axis width() const {
    return {value("input_w"),  value("output_w"),   value("kernel_w"),
            value("stride_w"), value("dilation_w"), value("pad_left", 0)};
  }

  const kernels::KernelInfo& kernel_;
  kernels::Words words_;
};

Status check_window(Error code, const Window& window) {
  if (!window.exists()) return {};
  if (!window.has_places()) return error(code, "has windows whose places are past 31 bits");
  if (!window.is_pool()) return {};
  if (!window.meets_image()) return error(code, "has windows that do not meet the image");
  if (!window.has_sum()) return error(code, "has windows of more than {} elements", Window::kMostElements);
  return {};
}

}  // namespace

Status check_values(Error code, const kernels::KernelInfo& kernel, kernels::Words words) {
  size_t at = 0;
  for (const kernels::ParamInfo& param : kernel.params) {
    const auto values = words.subspan(at, static_cast<size_t>(param.count));
    at += values.size();
    const auto range = param.is_float ? std::nullopt : range_of(kernel, words, param.name);
    if (!range) continue;
    for (const int32_t value : values) {
      if (value >= range->least && value <= range->most) continue;
      return error(code, "parameter '{}' is {}, the kernel {} takes {} to {}", param.name, value, kernel.name,
                   range->least, range->most);
    }
  }
  return check_window(code, Window(kernel, words));
}

}  // namespace tmc::program
