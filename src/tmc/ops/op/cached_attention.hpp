// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "tmc/ops/stream_place.hpp"

namespace tmc::ops {

struct CachedAttention {
  static constexpr const char* kName = "cached_attention";
  static constexpr const char* kDoc =
      "Causal attention of the newest tokens of a stream to those before them, whose keys and values are kept in "
      "slots. "
      "Inputs: query [tokens, heads * size], key [tokens, kv_heads * size], value [tokens, kv_heads * value_size], the "
      "caches of keys [slots, kv_heads * size] and values [slots, kv_heads * value_size], and place i32 [3]. Outputs: "
      "[tokens, heads * value_size] and both caches with the tokens' rows. place: position "
      "of the first token, which is not looked at, its slot, and how many slots are filled before it. Tokens are put "
      "one "
      "after the other into slots, the first `sinks` of which are not used again once the last was reached; a query "
      "sees "
      "all filled slots, its own token's among them. A query of 2 * tokens rows has behind those of the tokens as many "
      "which see the sinks in their place, turned by another position. "
      "Products of queries and keys are times scale, or with 0 over the root of size. A slot that is none is the "
      "nearest. With value_bits of 4 keys and values are int8 and the cache of values is u8 [bytes]: for each two "
      "slots "
      "and head their values in words of four places of both, and a byte with a multiplier for each of the two. With "
      "key_bits of 4 besides, the cache of keys is u8 [slots, bytes]: for each slot and head its key in words of eight "
      "places, and behind all of them a byte with multiplier and zero point of each. A last input [tokens, heads * "
      "size] "
      "of queries of a mean may stand behind: keys came less that, which turned with its token, and what it gives is "
      "added to their scores. For a pair of its elements (2i and 2i + 1 where `interleaved`, else i and i + size / 2) "
      "that is their product with cosine and negative sine of steps[i] / 2^32 of a turn for each token that the key is "
      "older than the query.";

  // Of the inputs.
  static constexpr size_t kQuery = 0, kKey = 1, kValue = 2, kKeyCache = 3, kValueCache = 4, kPlace = 5,
                          kMeanQuery = 6;  // the last one may be left out

  int32_t heads = 1;
  int32_t kv_heads = 1;
  int32_t sinks = 0;
  double scale = 0;
  int32_t value_bits = 8;  // 4: of int8 values, in their cache
  int32_t key_bits = 8;    // 4: of int8 keys, where values have four bits
  bool interleaved = false;
  std::vector<int64_t> steps = {};  // of keys that came less a mean

  static constexpr auto fields() {
    return std::tuple{Field{"heads", &CachedAttention::heads},
                      Field{"kv_heads", &CachedAttention::kv_heads},
                      Field{"sinks", &CachedAttention::sinks},
                      Field{"scale", &CachedAttention::scale},
                      Field{"value_bits", &CachedAttention::value_bits},
                      Field{"key_bits", &CachedAttention::key_bits},
                      Field{"interleaved", &CachedAttention::interleaved},
                      Field{"steps", &CachedAttention::steps}};
  }

  static Inferred infer(const CachedAttention& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, kPlace + 1, kMeanQuery + 1));
    if (op.value_bits != 4 && op.value_bits != 8) {
      return error(Error::kMalformed, "a cache has no values of {} bits", op.value_bits);
    }
    if (op.key_bits != 8 && (op.key_bits != 4 || op.value_bits != 4)) {
      return error(Error::kMalformed, "a cache has no keys of {} bits beside values of {}", op.key_bits, op.value_bits);
    }
    for (const size_t input : {kQuery, kKey, kValue, kKeyCache}) {
      TMC_TRY(check_rank(in[input], 2, "queries, keys, values or a cache"));
    }
    TMC_TRY(check_stream_place(in[kPlace]));
    const Shape &query = in[kQuery].shape, &key = in[kKey].shape, &value = in[kValue].shape;
    if (op.heads < 1 || op.kv_heads < 1 || op.heads % op.kv_heads != 0) {
      return error(Error::kMalformed, "{} heads of queries do not share {} heads of keys", op.heads, op.kv_heads);
    }
    if (query[1] % op.heads != 0 || value[1] % op.kv_heads != 0 || key[1] % op.kv_heads != 0 ||
        key[1] / op.kv_heads != query[1] / op.heads) {
      return error(Error::kMalformed, "widths {}, {} and {} are not those of {} and {} heads", query[1], key[1],
                   value[1], op.heads, op.kv_heads);
    }
    if ((query[0] != key[0] && query[0] != 2 * key[0]) || value[0] != key[0]) {
      return error(Error::kMalformed, "query, key and value differ in their number of tokens");
    }
    const int64_t slots = in[kKeyCache].shape[0];
    const auto is_cache = [&](size_t cache, size_t rows, const TensorType& made, int32_t bits) {
      const bool has_types = in[cache].dtype == made.dtype && in[rows].dtype == DType::kI8;
      return in[cache].shape == made.shape && (bits == 8 || has_types);
    };
    if (!is_cache(kKeyCache, kKey, op.key_cache(slots, in[kKey]), op.key_bits) ||
        !is_cache(kValueCache, kValue, op.value_cache(slots, in[kValue]), op.value_bits)) {
      return error(Error::kMalformed, "its caches are not of its keys and values");
    }
    TMC_TRY(check_mean(op, in));
    if (op.sinks < 0 || op.sinks >= slots) {
      return error(Error::kMalformed, "{} of {} slots are sinks", op.sinks, slots);
    }
    return std::vector<TensorType>{
        {in[kQuery].dtype, Shape::of(key[0], op.heads * (value[1] / op.kv_heads))}, in[kKeyCache], in[kValueCache]};
  }

  static Status check_mean(const CachedAttention& op, const InferInputs& in) {
    if (in.size() == kMeanQuery) {
      if (op.steps.empty()) return {};
      return error(Error::kMalformed, "it has angles of a mean, but no query of it");
    }
    const int64_t tokens = in[kKey].shape[0], width = in[kQuery].shape[1];
    const TensorType query{DType::kI8, Shape::of(tokens, width)};
    if (op.key_bits != 4 || in[kMeanQuery].shape != query.shape || in[kMeanQuery].dtype != query.dtype ||
        2 * op.heads * std::ssize(op.steps) != width) {
      return error(Error::kMalformed, "the query of its mean is not that of keys in four bits and {} angles",
                   op.steps.size());
    }
    return {};
  }

  // What holds the keys and the values of so many slots.
  TensorType key_cache(int64_t slots, const TensorType& key) const {
    if (key_bits == 8) return {key.dtype, Shape::of(slots, key.shape[1])};
    return {DType::kU8, Shape::of(slots, four_bit_key_bytes(key.shape[1] / kv_heads))};
  }
  TensorType value_cache(int64_t slots, const TensorType& value) const {
    if (value_bits == 8) return {value.dtype, Shape::of(slots, value.shape[1])};
    return {DType::kU8, Shape::of((slots + 1) / 2 * four_bit_pair_bytes(value.shape[1] / kv_heads))};
  }
  // Of the keys of a slot in four bits, and of the values of two.
  int64_t four_bit_key_bytes(int64_t size) const { return kv_heads * ((size + 7) / 8 * 4 + 1); }
  int64_t four_bit_pair_bytes(int64_t value_size) const { return kv_heads * ((value_size + 3) / 4 * 4 + 1); }

  // What scores are multiplied with, of heads of that size.
  double score_scale(int64_t size) const { return scale != 0 ? scale : 1 / std::sqrt(static_cast<double>(size)); }

  // Of full caches.
  static int64_t macs(const CachedAttention&, const InferInputs& in, std::span<const TensorType> outputs) {
    return in[kKeyCache].shape[0] * (in[kKey].shape[0] * in[kQuery].shape[1] + outputs[0].shape.elements());
  }
};

}  // namespace tmc::ops
