// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <limits>

#include "tmc/engine/c_handles.hpp"

using namespace tmc::engine;  // NOLINT(google-build-using-namespace): of what the functions without one are made

namespace {

tinymlc_metrics metrics_of(const ContextPool& contexts) {
  const tmc::memory::Counts memory = contexts.memory();
  const RunCounts runs = contexts.metrics().runs().read();
  tinymlc_metrics metrics = {.struct_bytes = 0,
                             .bytes_allocated = memory.allocated_bytes,
                             .bytes_live = memory.live_bytes,
                             .bytes_peak = contexts.peak_bytes(),
                             .contexts_live = runs.contexts,
                             .runs = runs.runs,
                             .cancelled = runs.cancelled,
                             .nanoseconds = runs.nanoseconds,
                             .times = {},
                             .bytes_retained = memory.retained_bytes,
                             .bytes_returned = memory.returned_bytes};
  std::copy(runs.times.begin(), runs.times.end(), metrics.times);
  return metrics;
}

}  // namespace

extern "C" {

tinymlc_status tinymlc_model_metrics(const tinymlc_model* model, tinymlc_metrics* metrics) {
  if (any_null(model, metrics)) return bad_usage(kNull);
  return guarded([&] { return copy_known(metrics_of(*model->contexts), metrics); });
}

tinymlc_status tinymlc_metrics_text(char* text, size_t capacity, size_t* bytes) {
  if (any_null(bytes) || (text == nullptr && capacity != 0)) return bad_usage(kNull);
  return guarded([&] {
    const std::string all = metrics_text();
    *bytes = all.size();
    if (text == nullptr) return TINYMLC_OK;
    if (all.size() >= capacity) return bad_usage("the text takes more bytes");
    std::memcpy(text, all.c_str(), all.size() + 1);
    return TINYMLC_OK;
  });
}

tinymlc_status tinymlc_trim(tinymlc_model* model, uint64_t idle_nanoseconds, uint64_t* bytes) {
  if (any_null(model)) return bad_usage(kNull);
  constexpr uint64_t kLongest = std::numeric_limits<int64_t>::max();
  return guarded([&] {
    const auto idle_for = std::chrono::nanoseconds(static_cast<int64_t>(std::min(idle_nanoseconds, kLongest)));
    const uint64_t returned = model->contexts->trim(idle_for);
    if (bytes != nullptr) *bytes = returned;
    return TINYMLC_OK;
  });
}

}  // extern "C"
