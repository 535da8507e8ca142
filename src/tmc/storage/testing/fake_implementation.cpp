// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/testing/fake_implementation.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace tmc::storage::testing {
namespace {

using kernels::BufferInfo;
using kernels::Overlap;
using kernels::Role;
using kernels::Words;

constexpr kernels::ParamInfo kParams[] = {{"seed"},
                                          {"kind"},
                                          {"output_bytes"},
                                          {"scratch_bytes"},
                                          {"input_bytes", kMaxInputs},
                                          {"overlaps", kMaxInputs},
                                          {"slack_bytes", kMaxInputs}};

// Bytes numbered from the end where the implementation runs backward: the rules of both directions become one.
class Bytes {
 public:
  Bytes(void* data, int32_t size, bool backward) : data_(static_cast<uint8_t*>(data)), size_(size), step_(1) {
    if (!backward) return;
    data_ += size - 1;
    step_ = -1;
  }
  uint8_t& operator[](int64_t i) const { return data_[i * step_]; }
  int64_t size() const { return size_; }

 private:
  uint8_t* data_;
  int64_t size_;
  ptrdiff_t step_;
};

class Hash {
 public:
  explicit Hash(int32_t seed) : state_(static_cast<uint32_t>(seed) * 2654435761u + 12345u) {}
  void add(uint8_t byte) { state_ = (state_ ^ byte) * 16777619u + 1013904223u; }
  uint8_t value() const { return static_cast<uint8_t>(state_ >> 13); }

 private:
  uint32_t state_;
};

Overlap::Kind kind_of(const FakeParams& params) {
  return static_cast<Overlap::Kind>(params.kind);
}

void read_all(const Bytes& bytes, Hash& hash) {
  for (int64_t i = 0; i < bytes.size(); i += 3) hash.add(bytes[i]);
  hash.add(bytes[bytes.size() - 1]);
}

// Reads, for the output byte k, what the rule still promises of the input at its least favourable place.
void read_ahead(const Bytes& bytes, int64_t k, int64_t slack_bytes, Hash& hash) {
  const int64_t next = k + slack_bytes;  // bytes before it may be gone
  for (int64_t i = k == 0 ? 0 : std::max<int64_t>(0, next); i <= next && i < bytes.size(); ++i) hash.add(bytes[i]);
  if (next + 1 < bytes.size()) {
    hash.add(bytes[bytes.size() - 1]);
    hash.add(bytes[std::max<int64_t>(0, (next + bytes.size()) / 2)]);
  }
}

void read_before(const FakeParams& params, int input, const Bytes& bytes, int64_t k, Hash& hash) {
  if (!params.overlaps[input]) {
    read_all(bytes, hash);
  } else if (kind_of(params) != Overlap::Kind::kSameBegin) {
    read_ahead(bytes, k, params.slack_bytes[input], hash);
  } else if (k < bytes.size()) {
    hash.add(bytes[k]);
  }
}

// The byte that is written as the k-th: those at even places first, where only the same begin is allowed.
int64_t turn(const FakeParams& params, int64_t k) {
  if (kind_of(params) != Overlap::Kind::kSameBegin) return k;
  const int64_t even = (params.output_bytes + 1) / 2;
  return k < even ? 2 * k : 2 * (k - even) + 1;
}

template <int kInputs>
void run(Words words, void* const* buffers) {
  const auto params = kernels::from_words<FakeParams>(words);
  const bool backward = kind_of(params) == Overlap::Kind::kBackward;
  std::vector<Bytes> inputs;
  for (int i = 0; i < kInputs; ++i) inputs.emplace_back(buffers[i], params.input_bytes[i], backward);
  const Bytes output(buffers[kInputs], params.output_bytes, backward);
  const Bytes scratch(buffers[kInputs + 1], params.scratch_bytes, false);
  Hash hash(params.seed);
  for (int64_t i = 0; i < scratch.size(); ++i) scratch[i] = static_cast<uint8_t>(i * 7 + params.seed);
  for (int64_t i = 0; i < output.size(); ++i) {
    const int64_t k = turn(params, i);
    for (int j = 0; j < kInputs; ++j) read_before(params, j, inputs[static_cast<size_t>(j)], k, hash);
    if (scratch.size() > 0) hash.add(scratch[(k * 5 + params.seed % 3) % scratch.size()]);
    output[k] = hash.value();
  }
}

template <int kInputs>
const kernels::ImplementationInfo* make() {
  static const auto kBuffers = [] {
    std::array<BufferInfo, kInputs + 2> buffers;
    for (int i = 0; i < kInputs; ++i) buffers[static_cast<size_t>(i)] = {"input", Role::kInput};
    buffers[kInputs] = {"output", Role::kOutput};
    buffers[kInputs + 1] = {"scratch", Role::kScratch};
    return buffers;
  }();
  static const kernels::KernelInfo kKernel{
      "fake", "Fake", kParams, kBuffers, sizeof(FakeParams) / 4, {}, kernels::Access::kSaid};
  static const kernels::ImplementationInfo kImplementation{
      &kKernel,
      "portable",
      "fake",
      "Fake",
      "fake.hpp",
      nullptr,
      /*is_fitted=*/true,
      nullptr,
      [](Words) { return true; },
      [](Words words) -> int64_t { return kernels::from_words<FakeParams>(words).scratch_bytes; },
      [](Words words, int buffer) -> Overlap {
        const auto params = kernels::from_words<FakeParams>(words);
        if (!params.overlaps[buffer]) return kernels::kNoOverlap;
        return {kind_of(params), params.slack_bytes[buffer]};
      },
      [](Words) { return 0.0; },
      [](Words) { return kernels::CostFeatures(); },
      [](Words, std::span<const kernels::ConstantView>) -> kernels::Blobs { return std::vector<kernels::Blob>(); },
      &run<kInputs>};
  return &kImplementation;
}

}  // namespace

const kernels::ImplementationInfo* fake_implementation(int inputs) {
  return inputs == 1 ? make<1>() : inputs == 2 ? make<2>() : make<3>();
}

}  // namespace tmc::storage::testing
