// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/constant_check.hpp"

#include <cstring>
#include <optional>
#include <string_view>

#include "tmc/program/params.hpp"

namespace tmc::engine {
namespace {

using kernels::Role;

class Reader {
 public:
  explicit Reader(const StepView& step) : kernel_(*step.implementation->kernel), words_(step.words) {}

  std::string_view kernel() const { return kernel_.name; }
  bool has(std::string_view name) const { return !program::find_param(kernel_, words_, name).empty(); }
  int64_t value(std::string_view name, int64_t otherwise = 1) const {
    const auto found = program::find_param(kernel_, words_, name);
    return found.empty() ? otherwise : found.front();
  }
  int64_t element_bytes(size_t buffer) const { return kernel_.types[buffer].element_bytes; }

 private:
  const kernels::KernelInfo& kernel_;
  kernels::Words words_;
};

// Nibbles of the integers, and what each group has.
int64_t four_bit_bytes(const Reader& p, int64_t outputs, int64_t inputs) {
  const int64_t groups = outputs * ((inputs + p.value("group_inputs") - 1) / p.value("group_inputs"));
  return (outputs * inputs + 1) / 2 + (p.kernel() == "conv2d_hybrid_s4" ? groups : (groups + 1) / 2);
}

// Of convolutions and products with weights. None of their extents is above 2^31, nor any product of some above 2^40:
// the operands were compared with them.
std::optional<int64_t> layer_bytes(const Reader& p, std::string_view buffer, int64_t element_bytes) {
  const bool is_window = p.has("output_c");
  const int64_t outputs = p.value(is_window ? "output_c" : "outputs");
  const __int128 inputs =
      is_window ? __int128{p.value("kernel_h")} * p.value("kernel_w") * (p.value("input_c") / p.value("groups"))
                : __int128{p.value("inputs")};
  if (buffer == "channels") return outputs * 12;
  if (buffer == "bias" || buffer == "weight_scale") return outputs * 4;
  if (buffer == "table") return 256;
  if (buffer != "weights") return std::nullopt;
  if (inputs * outputs > INT32_MAX) return INT64_MAX;  // an image has fewer bytes
  if (p.has("group_inputs")) return four_bit_bytes(p, outputs, static_cast<int64_t>(inputs));
  if (p.has("half_weights")) element_bytes = p.value("half_weights") != 0 ? 2 : 4;
  return static_cast<int64_t>(inputs) * outputs * std::max<int64_t>(element_bytes, 1);
}

// Tables, whose entries kernels find by values that have no more of them.
std::optional<int64_t> table_elements(const Reader& p, std::string_view buffer) {
  if (buffer == "form" || buffer == "functions") return 0;  // of other implementations
  if (buffer == "sigmoids") return 256;
  if (buffer == "caps") return 257;
  if (buffer == "reciprocals") return 513;
  if (buffer == "exponentials") return p.kernel() == "softmax_s16" ? 513 : p.value("exponentials", INT32_MAX);
  if (p.kernel() == "table_s8") return 256;
  if (p.kernel() == "table_s16") return 513;
  if (p.kernel() == "pixels_s8") return 256 * p.value("pixel_channels");
  if (p.kernel() == "dft_f32" || p.kernel() == "stft_f32") return p.value("twiddles");
  if (p.kernel() == "rotary_angles_f32") return p.value("steps");
  if (p.kernel() == "channel_products_s8") return p.value("channels") * (buffer == "weights" ? p.value("depth") : 1);
  if (p.has("centred") || p.kernel().starts_with("norm_s")) return p.value("depth");
  return std::nullopt;
}

class Trees {
 public:
  Trees(const image::Image& image, const StepView& step, const Reader& p) : p_(p) {
    for (size_t i = 0; i < std::size(tables_); ++i) {
      const uint32_t constant = step.operands[i + 1].index;
      tables_[i] = {image.constant(constant), image.constants()[constant].bytes / 4};
    }
  }

  // From every node a row goes on to nodes behind it that are there, or to a leaf whose weights are.
  bool hold() const {
    const auto& [slots, roots, nodes, weights, base] = tables_;
    if (slots.words < p_.value("slots") || roots.words < p_.value("trees") || base.words < p_.value("targets")) {
      return false;
    }
    for (int64_t i = 0; i < p_.value("slots"); ++i) {
      if (int32_t(slots[i]) >> 1 < 0 || int32_t(slots[i]) >> 1 >= p_.value("features")) return false;
    }
    for (int64_t i = 0; i < p_.value("trees"); ++i) {
      if (roots[i] >= nodes.words / 2) return false;
    }
    for (int64_t i = 0; i < nodes.words / 2; ++i) {
      if (!holds(i)) return false;
    }
    return true;
  }

 private:
  struct Table {
    const uint8_t* begin = nullptr;
    int64_t words = 0;
    uint32_t operator[](int64_t i) const {
      uint32_t word;
      std::memcpy(&word, begin + 4 * i, sizeof(word));
      return word;
    }
  };

  bool holds(int64_t node) const {
    const Table& nodes = tables_[2];
    const uint32_t value = nodes[2 * node], place = nodes[2 * node + 1];
    if (const uint32_t next = place >> 16; next != 0) {
      return node + next + 1 < nodes.words / 2 && (place & 0xffff) < p_.value("slots");
    }
    if (p_.value("dense") == 0) return place < p_.value("targets");
    return int64_t{value} + p_.value("targets") <= tables_[3].words;
  }

  const Reader& p_;
  Table tables_[5];
};

Status unknown(const StepView& step) {
  return error(Error::kUnsupportedOp, "nobody but the kernel '{}' knows what it reads of its constants",
               step.implementation->label())
      .with_hint("load an image that you have made yourself as a trusted one");
}

Status check_one(const image::Image& image, const StepView& step, const Reader& p, size_t buffer) {
  const std::string_view name = step.implementation->kernel->buffers[buffer].name;
  auto needed = table_elements(p, name);
  if (needed) *needed *= p.element_bytes(buffer);
  if (!needed && (p.has("output_c") || p.has("inputs"))) needed = layer_bytes(p, name, p.element_bytes(buffer));
  if (!needed) return unknown(step);
  const int64_t bytes = image.constants()[step.operands[buffer].index].bytes;
  if (bytes >= *needed) return {};
  return error(Error::kMalformed, "constant '{}' has {} bytes, the parameters ask for {}", name, bytes, *needed);
}

}  // namespace

Status check_constants(const image::Image& image, const StepView& step) {
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  const Reader p(step);
  bool is_own_form = !step.implementation->is_reference();
  for (size_t i = 0; i < kernel.buffers.size(); ++i) {
    if (kernel.buffers[i].role != Role::kConstant) continue;
    if (is_own_form) return unknown(step);
    if (kernel.access == kernels::Access::kTrees) {
      if (Trees(image, step, p).hold()) return {};
      return error(Error::kMalformed, "has trees that lead nowhere");
    }
    TMC_TRY(check_one(image, step, p, i));
  }
  return {};
}

}  // namespace tmc::engine
