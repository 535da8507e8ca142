// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/last_writer.hpp"

#include "tmc/storage/uses.hpp"

namespace tmc::storage {

using program::Operand;
using program::Program;

int32_t last_writer(const Program& program, const program::Tensor& tensor, int32_t limit) {
  for (int32_t s = limit; s >= 0; --s) {
    const program::Step& step = program.steps[static_cast<size_t>(s)];
    for (size_t i = 0; i < step.operands.size(); ++i) {
      const Operand& operand = step.operands[i];
      if (operand.kind != Operand::Kind::kBuffer || operand.index != tensor.buffer) continue;
      if (step.implementation->kernel->buffers[i].role != kernels::Role::kOutput) continue;
      if (operand_extent(program, operand).intersects(tensor_extent(tensor))) return s;
    }
  }
  return -1;
}

}  // namespace tmc::storage
