// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tensors of a checkpoint by their names, as they lie in files, and a decoder's weights among them. The files are
// untrusted and outlive what is here.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>

#include "tmc/frontend/common/decoder.hpp"
#include "tmc/frontend/common/reasons.hpp"

namespace tmc::frontend {

// How elements lie in the file. Blocks of 32 elements have a scale in half precision before them: kQ8 of int8, kQ4 of
// four bits less 8, those of the first half of a block in the lower bits (GGML's Q8_0 and Q4_0).
enum class ElementFormat : uint8_t { kF32, kF16, kBF16, kQ8, kQ4 };

inline constexpr int64_t kBlockElements = 32;
// Of that many elements, which are whole blocks.
int64_t bytes_of(ElementFormat format, int64_t elements);
std::vector<float> reals(ElementFormat format, std::span<const std::byte> bytes, int64_t elements);

struct NamedTensor {
  Shape shape;                          // the outermost extent first
  std::span<const std::byte> bytes;     // as many as the shape takes
  std::optional<ElementFormat> format;  // none: `type` is no real numbers that are read
  std::string type;                     // as the file calls it
  std::string file;                     // where it is, for messages
};
using NamedTensors = std::map<std::string, NamedTensor>;

// Where a file has one of a decoder's tensors: under a name, as one of equal parts along the outputs, with the outputs
// first or the inputs.
struct TensorPlace {
  std::string name;
  bool inputs_first = false;
  int64_t part = 0, parts = 1;
};
using PlaceOf = std::function<TensorPlace(const DecoderTensor& tensor)>;

// Adds to `reasons` which tensors of a checked shape are absent, of another shape or of no type that is read, and which
// there are that the decoder would not look at, but for those that `may_be_left` names.
void check_tensors(const NamedTensors& tensors, const DecoderShape& shape, const PlaceOf& place_of,
                   const std::function<bool(const std::string& name)>& may_be_left, Reasons& reasons);

// Of tensors that were checked.
DecoderWeights weights_of(const NamedTensors& tensors, const DecoderShape& shape, const PlaceOf& place_of);

}  // namespace tmc::frontend
