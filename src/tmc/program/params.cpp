// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/params.hpp"

#include <algorithm>
#include <string>

namespace tmc::program {

std::optional<DType> operand_dtype(const kernels::KernelInfo& kernel, kernels::Words words, size_t operand) {
  if (operand < kernel.types.size() && kernel.types[operand].dtype) return kernel.types[operand].dtype;
  const auto said = find_param(kernel, words, std::string(kernel.buffers[operand].name) + "_dtype");
  if (said.empty()) return std::nullopt;
  const bool is_dtype = said.front() >= 0 && said.front() <= static_cast<int32_t>(DType::kBool);
  return is_dtype ? std::optional(static_cast<DType>(said.front())) : std::nullopt;
}

int64_t element_bytes_of(const kernels::KernelInfo& kernel, kernels::Words words, size_t operand) {
  if (const auto dtype = operand_dtype(kernel, words, operand)) return dtype_bytes(*dtype);
  if (operand < kernel.types.size() && kernel.types[operand].element_bytes > 0) {
    return kernel.types[operand].element_bytes;
  }
  const auto said = find_param(kernel, words, "element_bytes");
  return said.empty() ? 0 : said.front();
}

Status check_dtype(Error code, const kernels::KernelInfo& kernel, kernels::Words words, size_t operand, DType dtype,
                   std::string_view name) {
  const auto wanted = operand_dtype(kernel, words, operand);
  const int64_t bytes = element_bytes_of(kernel, words, operand);
  if (wanted ? *wanted == dtype : bytes == 0 || bytes == dtype_bytes(dtype)) return {};
  return error(code, "'{}' is {}, the kernel {} takes {}", name, dtype_name(dtype), kernel.name,
               wanted ? dtype_name(*wanted) : fmt::format("elements of {} bytes", bytes));
}

}  // namespace tmc::program
