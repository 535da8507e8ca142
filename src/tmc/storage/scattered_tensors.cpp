// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/scattered_tensors.hpp"

#include <algorithm>
#include <set>

#include "tmc/program/edit.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {

void remove_scattered_tensors(program::Program& program) {
  std::vector<std::vector<const Segment*>> segments(program.buffers.size());
  const Uses uses = find_uses(program, /*overlap=*/false);
  for (const Segment& segment : uses.segments) segments[static_cast<size_t>(segment.buffer)].push_back(&segment);
  std::set<int32_t> ports(program.inputs.begin(), program.inputs.end());
  ports.insert(program.outputs.begin(), program.outputs.end());
  std::set<std::string> gone;
  for (int32_t at = 0; at < std::ssize(program.tensors); ++at) {
    const program::Tensor& tensor = program.tensors[static_cast<size_t>(at)];
    const Extent bytes = tensor_extent(tensor);
    const Extent blocks{bytes.begin / program::kAlignBytes, to_blocks(bytes.end)};
    const auto is_over = [&](const Segment* segment) {
      const bool is_read_later = segment->at_end || (!segment->users.empty() && segment->users.back() >= tensor.step);
      return segment->blocks.intersects(blocks) && !is_read_later;
    };
    const bool is_scattered = std::ranges::any_of(segments[static_cast<size_t>(tensor.buffer)], is_over);
    if (is_scattered && !ports.contains(at)) gone.insert(tensor.name);
  }
  program::remove_tensors(program, [&](const program::Tensor& tensor) { return gone.contains(tensor.name); });
}

}  // namespace tmc::storage
