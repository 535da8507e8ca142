// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/extents.hpp"
#include "tmc/program/params.hpp"

namespace tmc::program {
namespace {

using Wanted = WantedConstant;

// Parameters by name.
class ConstantReader {
 public:
  ConstantReader(const kernels::KernelInfo& kernel, kernels::Words words) : kernel_(kernel), words_(words) {}

  bool has(std::string_view name) const { return !find_param(kernel_, words_, name).empty(); }
  int64_t value(std::string_view name, int64_t otherwise = 1) const {
    const auto found = find_param(kernel_, words_, name);
    return found.empty() ? otherwise : found.front();
  }
  // Sums as they are, which nothing rescales.
  bool gives_sums() const {
    for (size_t i = 0; i < kernel_.buffers.size(); ++i) {
      if (kernel_.buffers[i].role == kernels::Role::kOutput) return kernel_.types[i].dtype == DType::kI32;
    }
    return false;
  }
  // As their pointer says, else int8.
  DType weights_dtype() const {
    for (size_t i = 0; i < kernel_.buffers.size(); ++i) {
      if (std::string_view(kernel_.buffers[i].name) == "weights") return kernel_.types[i].dtype.value_or(DType::kI8);
    }
    return DType::kI8;
  }
  bool is_quantized_window() const { return kernel_.access == kernels::Access::kQuantizedWindow; }

 private:
  const kernels::KernelInfo& kernel_;
  kernels::Words words_;
};

// Weights, and what belongs to an output channel.
std::vector<Wanted> layer_constants(const ConstantReader& p, int64_t weights, int64_t outputs) {
  if (p.has("half_weights")) {
    return {{p.value("half_weights") == 1 ? DType::kF16 : DType::kF32, weights}, {DType::kF32, outputs}};
  }
  if (p.is_quantized_window()) return {{DType::kI8, weights}, {DType::kF32, outputs}, {DType::kF32, outputs}};
  if (p.gives_sums()) return {{DType::kI8, weights}, {DType::kI32, outputs}};
  return {{p.weights_dtype(), weights}, {DType::kI32, outputs}, {DType::kI32, outputs}, {DType::kI32, outputs}};
}

}  // namespace

// Weights and what goes with them by the names of extents. What else is no part of an implementation's own form is as
// its pointer says, of so many elements as the parameter of its name does.
std::vector<Wanted> wanted_constants(const kernels::KernelInfo& kernel, kernels::Words params) {
  const ConstantReader p(kernel, params);
  if (p.has("output_c")) {
    const int64_t taps = p.value("kernel_h") * p.value("kernel_w") * (p.value("input_c") / p.value("groups"));
    return layer_constants(p, p.value("output_c") * taps, p.value("output_c"));
  }
  if (p.has("inputs")) return layer_constants(p, p.value("outputs") * p.value("inputs"), p.value("outputs"));
  std::vector<Wanted> wanted;
  for (size_t i = 0; i < kernel.types.size(); ++i) {
    const auto dtype = kernel.types[i].dtype;
    if (kernel.buffers[i].role != kernels::Role::kConstant || !dtype) continue;
    wanted.push_back({*dtype, p.value(kernel.buffers[i].name, 0)});
  }
  return wanted;
}

Status verify_constants(const kernels::KernelInfo& kernel, kernels::Words params,
                        std::span<const kernels::Blob> constants) {
  const std::vector<Wanted> wanted = wanted_constants(kernel, params);
  if (constants.size() != wanted.size()) {
    return error(Error::kInternal, "gives the kernel {} {} constants, it takes {}", kernel.name, constants.size(),
                 wanted.size());
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    const int64_t elements = std::ssize(constants[i].bytes) / dtype_bytes(constants[i].dtype);
    const bool fits = wanted[i].elements == 0 ? elements > 0 : elements == wanted[i].elements;
    if (constants[i].dtype == wanted[i].dtype && fits) continue;
    return error(Error::kInternal, "constant {} of the kernel {} is {} [{}], the parameters ask for {} [{}]", i,
                 kernel.name, dtype_name(constants[i].dtype), elements, dtype_name(wanted[i].dtype),
                 wanted[i].elements);
  }
  return {};
}

}  // namespace tmc::program
