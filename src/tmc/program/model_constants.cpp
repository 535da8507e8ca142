// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "tmc/program/extents.hpp"
#include "tmc/program/params.hpp"

namespace tmc::program {
namespace {

struct Wanted {
  DType dtype;
  int64_t elements;
};

class Reader {
 public:
  Reader(const kernels::KernelInfo& kernel, kernels::Words words) : kernel_(kernel), words_(words) {}

  bool has(std::string_view name) const { return !find_param(kernel_, words_, name).empty(); }
  int64_t value(std::string_view name, int64_t otherwise = 1) const {
    const auto found = find_param(kernel_, words_, name);
    return found.empty() ? otherwise : found.front();
  }
  bool is_hybrid() const { return std::string_view(kernel_.name).ends_with("_hybrid"); }

 private:
  const kernels::KernelInfo& kernel_;
  kernels::Words words_;
};

// Weights, and what belongs to an output channel.
std::vector<Wanted> layer_constants(const Reader& p, int64_t weights, int64_t outputs) {
  if (p.has("half_weights")) {
    return {{p.value("half_weights") == 1 ? DType::kF16 : DType::kF32, weights}, {DType::kF32, outputs}};
  }
  if (p.is_hybrid()) return {{DType::kI8, weights}, {DType::kF32, outputs}, {DType::kF32, outputs}};
  return {{DType::kI8, weights}, {DType::kI32, outputs}, {DType::kI32, outputs}, {DType::kI32, outputs}};
}

// As the contracts' headers list them; none where the kernel has no weights and no table.
std::vector<Wanted> wanted_constants(const Reader& p) {
  if (p.has("output_c")) {
    const int64_t taps = p.value("kernel_h") * p.value("kernel_w") * (p.value("input_c") / p.value("groups"));
    return layer_constants(p, p.value("output_c") * taps, p.value("output_c"));
  }
  if (p.has("inputs")) return layer_constants(p, p.value("outputs") * p.value("inputs"), p.value("outputs"));
  return {};
}

// Tables, whose contracts are one each.
std::optional<std::vector<Wanted>> wanted_tables(std::string_view kernel, const Reader& p) {
  constexpr int64_t kInterpolated = 513;
  if (kernel == "table_s8") return std::vector<Wanted>{{DType::kI8, 256}};
  if (kernel == "sigmoid_s16") return std::vector<Wanted>{{DType::kU16, 256}};
  if (kernel == "softmax_s8") return std::vector<Wanted>{{DType::kI32, p.value("exponentials")}};
  if (kernel == "softmax_s16") return std::vector<Wanted>{{DType::kI16, kInterpolated}, {DType::kI16, kInterpolated}};
  return std::nullopt;
}

}  // namespace

Status verify_constants(const kernels::KernelInfo& kernel, kernels::Words params,
                        std::span<const kernels::Blob> constants) {
  const Reader p(kernel, params);
  const std::vector<Wanted> wanted = wanted_tables(kernel.name, p).value_or(wanted_constants(p));
  if (constants.size() != wanted.size()) {
    return error(Error::kInternal, "gives the kernel {} {} constants, it takes {}", kernel.name, constants.size(),
                 wanted.size());
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    const int64_t elements = std::ssize(constants[i].bytes) / dtype_bytes(constants[i].dtype);
    if (constants[i].dtype == wanted[i].dtype && elements == wanted[i].elements) continue;
    return error(Error::kInternal, "constant {} of the kernel {} is {} [{}], the parameters ask for {} [{}]", i,
                 kernel.name, dtype_name(constants[i].dtype), elements, dtype_name(wanted[i].dtype),
                 wanted[i].elements);
  }
  return {};
}

}  // namespace tmc::program
