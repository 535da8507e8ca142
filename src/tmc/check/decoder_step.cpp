// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/decoder_step.hpp"

#include "tmc/base/host/bytes.hpp"

namespace tmc::check {
Result<std::vector<std::byte>> run_decoder_step(exec::Executor& executor, int32_t token,
                                                const stream::CacheInput& place) {
  const int32_t numbers[] = {place.position, place.slot, place.filled};
  const std::vector<std::vector<std::byte>> inputs = {bytes_of(std::span<const int32_t>(&token, 1)),
                                                      bytes_of(std::span<const int32_t>(numbers))};
  TMC_ASSIGN(auto outputs, executor.run(inputs));
  return std::move(outputs[0]);
}

}  // namespace tmc::check
