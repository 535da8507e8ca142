// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checkpoints of llama2.c (github.com/karpathy/llama2.c, export.py): a header and the weights, kind by kind, each of
// all layers. Little-endian.
//
//   legacy     i32: width, hidden, layers, heads, kv_heads, vocabulary (below 0 where the classifier is its own),
//              positions; floats, with tables of rotary angles before the classifier, which are not looked at
//   version 1  "ak42" as u32, i32 1, the seven numbers, u8: the classifier is the embedding; from byte 256 on floats
//   version 2  the same with 2, and i32 elements of a group; norms are floats, other weights int8 (Q8_0), each followed
//              by the scales of its groups, as floats
//
// The file is untrusted and outlives this object.

#include <map>
#include <span>

#include "tmc/frontend/common/decoder_shape.hpp"

namespace tmc::frontend::llama2c {

class Checkpoint {
 public:
  // kMalformed where the file is none, or has not as many bytes as its header asks for; what check_decoder says.
  static Result<Checkpoint> read(std::span<const std::byte> file);

  const DecoderShape& shape() const { return shape_; }
  // The elements of a weight that the file has.
  std::vector<float> weight(DecoderWeight weight, int64_t layer) const;

 private:
  // Where the weights of a kind lie, one layer after the other.
  struct Place {
    size_t begin = 0, bytes_each = 0;
    bool is_quantized = false;
  };

  explicit Checkpoint(std::span<const std::byte> file) : file_(file) {}
  Status read_header();
  Status place_weights();
  int32_t integer(size_t at) const;

  std::span<const std::byte> file_;
  DecoderShape shape_;
  int32_t version_ = 0;  // 0: legacy
  int64_t group_ = 0;    // elements that share a scale
  size_t header_bytes_ = 0;
  std::map<DecoderWeight, Place> places_;
};

// Whether a file begins as theirs do; one of the legacy kind has no mark, and has to be exactly as long as its numbers
// say.
bool is_checkpoint(std::span<const std::byte> file);

}  // namespace tmc::frontend::llama2c
