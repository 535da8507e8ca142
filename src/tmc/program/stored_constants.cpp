// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/stored_constants.hpp"

#include <algorithm>

namespace tmc::program {
namespace {

// A compiler reads a string literal some twenty times faster than the same bytes as numbers, but gives it a zero at the
// end, which may cost as much as the alignment: only where that is little.
constexpr std::size_t kLeastTextBytes = 4096;

}  // namespace

std::size_t element_count(const kernels::Blob& blob) {
  return blob.bytes.size() / dtype_bytes(blob.dtype);
}

bool is_text(const kernels::Blob& blob) {
  return dtype_bytes(blob.dtype) == 1 && blob.bytes.size() >= kLeastTextBytes;
}

// C++ has no empty arrays: a constant without elements becomes one zero that nothing reads.
std::size_t stored_count(const kernels::Blob& blob) {
  return std::max<std::size_t>(element_count(blob) + (is_text(blob) ? 1 : 0), 1);
}

ConstantBytes constant_bytes(const Program& program) {
  ConstantBytes total;
  // GCC puts the last definition first.
  for (auto constant = program.constants.rbegin(); constant != program.constants.rend(); ++constant) {
    const kernels::Blob& blob = constant->blob;
    int64_t& bytes = blob.is_table ? total.tables : total.weights;
    bytes = (bytes + kAlignBytes - 1) / kAlignBytes * kAlignBytes;
    bytes += static_cast<int64_t>(stored_count(blob) * dtype_bytes(blob.dtype));
  }
  return total;
}

}  // namespace tmc::program
