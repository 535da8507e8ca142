// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exec/row_axis.hpp"

#include <algorithm>
#include <string_view>

#include "tmc/kernels/common/attention.hpp"
#include "tmc/program/params.hpp"

namespace tmc::exec {
namespace {

using kernels::Access;
using kernels::KernelInfo;

// Params of a kernel by their names.
template <typename Word>
struct Named {
  const KernelInfo& kernel;
  std::span<Word> words;

  bool has(std::string_view name) const { return !program::find_param(kernel, words, name).empty(); }
  Word& operator()(std::string_view name, size_t i = 0) const { return program::find_param(kernel, words, name)[i]; }
};
using Params = Named<int32_t>;
using ConstParams = Named<const int32_t>;

// One of the Params is how many rows there are.
RowAxis counted(const KernelInfo& kernel, const ConstParams& p, std::string_view name, size_t axis = 0) {
  return {p(name, axis), [&kernel, name, axis](std::span<int32_t> words, int32_t, int32_t count) {
            Params{kernel, words}(name, axis) = count;
          }};
}

// The outermost of several axes that is one.
std::optional<RowAxis> outermost(const KernelInfo& kernel, const ConstParams& p, std::string_view name) {
  const auto extents = program::find_param(kernel, p.words, name);
  const auto found = std::ranges::find_if(extents, [](int32_t extent) { return extent > 1; });
  if (found == extents.end()) return std::nullopt;
  return counted(kernel, p, name, static_cast<size_t>(found - extents.begin()));
}

int32_t mask_elements(const Params& p) {
  int32_t strides[4];
  for (size_t axis = 0; axis < 4; ++axis) strides[axis] = p("mask_strides", axis);
  return static_cast<int32_t>(kernels::reach_of_mask({p("batch"), p("heads"), p("queries"), p("keys")}, strides));
}

// Batch items where there are several; else queries, of which the first has another number from then on.
RowAxis of_attention(const KernelInfo& kernel, const ConstParams& whole) {
  const std::string_view axis = whole("batch") > 1 ? "batch" : "queries";
  return {whole(axis), [&kernel, axis](std::span<int32_t> words, int32_t first, int32_t count) {
            const Params p{kernel, words};
            p(axis) = count;
            if (axis == "queries") {
              for (const char* name : {"lowest", "highest"}) p(name) = std::min(p(name), INT32_MAX - first) + first;
            }
            const int32_t rows = p("batch") * p("queries"), kv_rows = p("batch") * p("keys");
            p("query_elements") = rows * p("heads") * p("size");
            p("key_elements") = kv_rows * p("kv_heads") * p("size");
            p("value_elements") = kv_rows * p("kv_heads") * p("value_size");
            p("output_elements") = rows * p("heads") * p("value_size");
            p("mask_elements") = p("has_mask") != 0 ? mask_elements(p) : p("query_elements");
          }};
}

// Of every tensor that has the rows: the input stands for a scale or a bias that is absent.
RowAxis of_norm(const KernelInfo& kernel, const ConstParams& whole) {
  const std::string_view input = whole.has("elements") ? "elements" : "input_elements";
  const int32_t elements = whole(input), depth = whole("depth");
  return {
      elements / depth, [&kernel, elements, depth](std::span<int32_t> words, int32_t, int32_t count) {
        const Params p{kernel, words};
        if (p.has("rows")) p("rows") = count;
        for (const char* name : {"elements", "input_elements", "scale_elements", "bias_elements", "output_elements"}) {
          if (p.has(name) && p(name) == elements) p(name) = count * depth;
        }
      }};
}

std::optional<RowAxis> of_whole(const KernelInfo& kernel, const ConstParams& p) {
  if (p.has("queries") && p.has("mask_strides")) return of_attention(kernel, p);
  if (p.has("centred")) return of_norm(kernel, p);
  return std::nullopt;
}

}  // namespace

std::optional<RowAxis> row_axis_of(const KernelInfo& kernel, std::span<const int32_t> params) {
  const ConstParams p{kernel, params};
  switch (kernel.access) {
    case Access::kElements:
      return counted(kernel, p, "elements");
    case Access::kRows:
      return counted(kernel, p, "rows");
    case Access::kAxis:
      return counted(kernel, p, "outer");
    case Access::kDense:
    case Access::kChannelRows:
    case Access::kTrees:
    case Access::kWindow:
      return counted(kernel, p, "batch");
    case Access::kBroadcast:
      return outermost(kernel, p, "extents");
    case Access::kMatrices:
      if (auto matrices = outermost(kernel, p, "batch")) return matrices;
      return counted(kernel, p, "rows");
    case Access::kWhole:
      return of_whole(kernel, p);
    default:
      return std::nullopt;
  }
}

}  // namespace tmc::exec
