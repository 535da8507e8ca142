// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/extents.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "tmc/kernels/contract/detail/dynamic_quantization.hpp"
#include "tmc/program/params.hpp"
#include "tmc/program/values.hpp"

namespace tmc::program {
namespace {

using kernels::Access;
using kernels::Role;

constexpr int64_t kMost = int64_t{1} << 40;  // bytes; nothing has as many

int64_t product(std::initializer_list<int64_t> factors) {
  int64_t result = 1;
  for (const int64_t factor : factors) {
    if (factor == 0) return 0;
    result = result > kMost / factor ? kMost : result * factor;
  }
  return result;
}

// Bytes that the tensors of a step need; none where they would have to begin before their first byte.
struct Needs {
  std::vector<int64_t> inputs;  // in their order
  int64_t output = 0;
  std::vector<int64_t> further_outputs = {};  // where they are others than the first
};

class Reader {
 public:
  Reader(const kernels::KernelInfo& kernel, kernels::Words words) : kernel_(kernel), words_(words) {}

  bool has(std::string_view name) const { return !words(name).empty(); }
  std::span<const int32_t> words(std::string_view name) const { return find_param(kernel_, words_, name); }
  int64_t value(std::string_view name, int64_t otherwise = 0) const {
    return has(name) ? words(name).front() : otherwise;
  }

  // What counts is at least 1, what may be left out at least 0.
  bool is_sane() const {
    const auto all_at_least = [&](int32_t least, std::initializer_list<const char*> names) {
      return std::ranges::all_of(names, [&](const char* name) {
        return std::ranges::all_of(words(name), [least](int32_t value) { return value >= least; });
      });
    };
    return all_at_least(
               1, {"batch",       "input_h",        "input_w",  "input_c",  "output_h",  "output_w",   "output_c",
                   "channels",    "kernel_h",       "kernel_w", "stride_h", "stride_w",  "dilation_h", "dilation_w",
                   "groups",      "group_inputs",   "inputs",   "outputs",  "rows",      "row_bytes",  "inner",
                   "columns",     "elements",       "outer",    "depth",    "extents",   "kept",       "reduced",
                   "pixel_bytes", "pixel_channels", "hidden",   "gates",    "states",    "peepholes",  "features",
                   "targets",     "trees",          "slots",    "chosen",   "looked_up", "depths"}) &&
           all_at_least(0, {"pad_top", "pad_left", "before", "after", "a_strides", "b_strides", "condition_strides",
                            "input_stride", "output_stride", "kept_strides", "reduced_strides", "output_strides",
                            "exponentials", "data_strides", "index_strides", "depth_strides"}) &&
           std::ranges::all_of(kernel_.params, [&](const kernels::ParamInfo& param) {
             return !std::string_view(param.name).ends_with("_elements") || value(param.name) >= 1;
           });
  }

  // Elements, or matrices, from the first to the last that are reached along these axes.
  int64_t reach(std::string_view extents, std::string_view strides, int64_t last = 1) const {
    int64_t elements = last;
    for (size_t i = 0; i < words(strides).size(); ++i) {
      elements = std::min(kMost, elements + product({words(extents)[i] - 1, words(strides)[i]}));
    }
    return elements;
  }
  int64_t count(std::string_view extents) const {
    int64_t elements = 1;
    for (const int32_t extent : words(extents)) elements = product({elements, extent});
    return elements;
  }

  // Of an element of the buffer of that name; 0: unknown.
  int64_t element_bytes(std::string_view port) const {
    for (size_t i = 0; i < kernel_.buffers.size(); ++i) {
      if (kernel_.buffers[i].name == port) return element_bytes_of(kernel_, words_, i);
    }
    return 0;
  }

 private:
  const kernels::KernelInfo& kernel_;
  kernels::Words words_;
};

Needs window_needs(const Reader& p) {
  const int64_t channels = p.value("channels");
  return {{product({p.value("batch"), p.value("input_h"), p.value("input_w"), p.value("input_c", channels),
                    p.element_bytes("input")})},
          product({p.value("batch"), p.value("output_h"), p.value("output_w"), p.value("output_c", channels),
                   p.element_bytes("output")})};
}

Needs broadcast_needs(const Reader& p) {
  const auto reached = [&](const char* port, const char* strides) {
    return product({p.reach("extents", strides), p.element_bytes(port)});
  };
  Needs needs{{reached("a", "a_strides"), reached("b", "b_strides")},
              product({p.count("extents"), p.element_bytes("output")})};
  if (p.has("condition_strides")) needs.inputs.push_back(reached("condition", "condition_strides"));
  return needs;
}

Needs matmul_needs(const Reader& p) {
  const int64_t bytes = p.element_bytes("output");
  const int64_t rows = p.value("rows");
  const int64_t inner = p.value("inner");
  const int64_t columns = p.value("columns");
  return {{product({p.reach("batch", "a_strides"), rows, inner, bytes}),
           product({p.reach("batch", "b_strides"), inner, columns, bytes})},
          product({p.count("batch"), rows, columns, bytes})};
}

Needs row_needs(const Reader& p) {
  const auto covered = [&](const char* stride) {
    return std::min(kMost, product({p.value("rows") - 1, p.value(stride)}) + p.value("row_bytes"));
  };
  return {{covered("input_stride")}, covered("output_stride")};
}

Needs pad_needs(const Reader& p) {
  int64_t padded = 1;
  for (size_t i = 0; i < p.words("extents").size(); ++i) {
    padded = product({padded, int64_t{p.words("before")[i]} + p.words("extents")[i] + p.words("after")[i]});
  }
  return {{product({p.count("extents"), p.value("element_bytes")})}, product({padded, p.value("element_bytes")})};
}

Needs strided_needs(const Reader& p) {
  const auto strides = p.words("input_strides");
  int64_t lowest = p.value("first");
  int64_t highest = lowest;
  for (size_t i = 0; i < strides.size(); ++i) {
    const int64_t reach = (int64_t{p.words("extents")[i]} - 1) * strides[i];
    int64_t& end = reach < 0 ? lowest : highest;
    end = std::clamp(end + reach, -kMost, kMost);
  }
  if (lowest < 0) return {};
  const int64_t outer = p.reach("extents", "output_strides", 0);
  return {{product({highest + 1, p.value("element_bytes")})},
          product({outer + p.words("extents").back(), p.value("element_bytes")})};
}

Needs reduction_needs(const Reader& p) {
  const int64_t kept = p.reach("kept", "kept_strides", 0);
  return {{product({p.reach("reduced", "reduced_strides", kept + 1), p.element_bytes("input")})},
          product({p.count("kept"), p.element_bytes("output")})};
}

// What is quantised at run time is int8 and begins with its ranges.
int64_t dynamic_bytes(const Reader& p, int64_t elements) {
  const int64_t batch = std::min(p.value("batch"), int64_t{INT32_MAX});
  return std::min(kMost, kernels::dynamic_header_bytes(static_cast<int32_t>(batch)) + elements);
}

Needs quantize_dynamic_needs(const Reader& p) {
  const int64_t elements = product({p.value("batch"), p.value("elements")});
  return {{product({elements, 4})}, dynamic_bytes(p, elements)};
}

Needs quantized_window_needs(const Reader& p) {
  return {{dynamic_bytes(p, product({p.value("batch"), p.value("input_h"), p.value("input_w"), p.value("input_c")}))},
          product({p.value("batch"), p.value("output_h"), p.value("output_w"), p.value("output_c"), 4})};
}

// As many elements out as in.
Needs equal_needs(const Reader& p, int64_t elements) {
  return {{product({elements, p.element_bytes("input")})}, product({elements, p.element_bytes("output")})};
}

// Elements of a tensor, from the first to the last that indices can reach; at least all of them.
int64_t reach_of_indices(const Reader& p, const char* strides) {
  const auto looked_up = static_cast<size_t>(p.value("looked_up"));
  int64_t elements = p.reach("extents", strides);
  for (size_t i = 0; i < std::min(looked_up, p.words("depths").size()); ++i) {
    elements = std::min(kMost, elements + product({p.words("depths")[i] - 1, p.words("depth_strides")[i]}));
  }
  return elements;
}

int64_t index_bytes(const Reader& p) {
  return product({p.reach("extents", "index_strides", p.value("looked_up")), p.element_bytes("indices")});
}

Needs lookup_needs(const Reader& p) {
  const int64_t bytes = p.value("element_bytes");
  const int64_t whole = product({std::max(p.value("elements"), reach_of_indices(p, "data_strides")), bytes});
  return {{whole, index_bytes(p)}, product({p.count("extents"), bytes})};
}

Needs scatter_needs(const Reader& p) {
  const int64_t bytes = p.value("element_bytes");
  const int64_t whole = product({std::max(p.value("elements"), reach_of_indices(p, "output_strides")), bytes});
  return {{product({p.value("elements"), bytes}), index_bytes(p), product({p.count("extents"), bytes})}, whole};
}

// As many lines out as in, of as many elements or of those that are chosen.
Needs axis_needs(const Reader& p) {
  const int64_t lines = product({p.value("outer"), p.value("inner")});
  return {{product({lines, p.value("depth"), p.element_bytes("input")})},
          product({lines, p.value("chosen", p.value("depth")), p.element_bytes("output")})};
}

// By the inputs' names: sums of gates, of a candidate for the state, weights of peepholes, states.
Needs gate_needs(const kernels::KernelInfo& kernel, const Reader& p) {
  const int64_t units = product({p.value("rows"), p.value("hidden")});
  Needs needs{{}, product({units, p.value("states"), p.element_bytes("output")})};
  for (const kernels::BufferInfo& buffer : kernel.buffers) {
    if (buffer.role != Role::kInput) continue;
    const std::string_view name = buffer.name;
    int64_t elements = units;
    if (name.starts_with("gates_")) elements = product({units, p.value("gates")});
    if (name == "peepholes") elements = product({p.value("peepholes"), p.value("hidden")});
    if (name == "state") elements = product({units, p.value("states")});
    needs.inputs.push_back(product({elements, p.element_bytes(name)}));
  }
  return needs;
}

// What each tensor has, by its name.
Needs whole_needs(const kernels::KernelInfo& kernel, const Reader& p) {
  Needs needs;
  for (const kernels::BufferInfo& buffer : kernel.buffers) {
    const int64_t elements = p.value(fmt::format("{}_elements", buffer.name), p.value("elements"));
    const int64_t bytes = product({elements, p.element_bytes(buffer.name)});
    if (buffer.role == Role::kInput) needs.inputs.push_back(bytes);
    if (buffer.role != Role::kOutput) continue;
    if (needs.output == 0) {
      needs.output = bytes;
    } else {
      needs.further_outputs.push_back(bytes);
    }
  }
  return needs;
}

// A kernel that says its bytes, as custom operators and the tests' kernels do.
Needs said_needs(const Reader& p) {
  Needs needs{{}, p.value("output_bytes")};
  for (const int32_t bytes : p.words("input_bytes")) needs.inputs.push_back(bytes);
  const auto outputs = p.words("output_bytes");
  needs.further_outputs.assign(outputs.begin() + std::min<std::ptrdiff_t>(1, std::ssize(outputs)), outputs.end());
  return needs;
}

std::optional<Needs> needs_of(const kernels::KernelInfo& kernel, const Reader& p) {
  switch (kernel.access) {
    case Access::kUnknown:
      return std::nullopt;
    case Access::kElements:
      return equal_needs(p, p.value("elements"));
    case Access::kRows:
      return row_needs(p);
    case Access::kPixels:
      return Needs{{product({p.value("elements"), p.value("pixel_bytes")})},
                   product({p.value("elements"), p.value("pixel_channels")})};
    case Access::kBroadcast:
      return broadcast_needs(p);
    case Access::kWindow:
    case Access::kPlanarWindow:
      return window_needs(p);
    case Access::kQuantizedWindow:
      return quantized_window_needs(p);
    case Access::kQuantizing:
      return quantize_dynamic_needs(p);
    case Access::kDense:
      return Needs{{product({p.value("batch"), p.value("inputs"), p.element_bytes("input")})},
                   product({p.value("batch"), p.value("outputs"), p.element_bytes("output")})};
    case Access::kChannelRows:
      return Needs{{product({p.value("batch"), p.value("channels"), p.value("depth"), p.element_bytes("input")})},
                   product({p.value("batch"), p.value("channels"), p.element_bytes("output")})};
    case Access::kMatrices:
      return matmul_needs(p);
    case Access::kAxis:
      return axis_needs(p);
    case Access::kReduction:
      return reduction_needs(p);
    case Access::kStrides:
      return strided_needs(p);
    case Access::kGates:
      return gate_needs(kernel, p);
    case Access::kTrees:
      return Needs{{product({p.value("batch"), p.value("features"), p.element_bytes("input")})},
                   product({p.value("batch"), p.value("targets"), p.element_bytes("output")})};
    case Access::kPadding:
      return pad_needs(p);
    case Access::kLookup:
      return lookup_needs(p);
    case Access::kScatter:
      return scatter_needs(p);
    case Access::kWhole:
      return whole_needs(kernel, p);
    case Access::kSaid:
      return said_needs(p);
  }
  return std::nullopt;
}

int64_t bytes_of(const Program& program, const Operand& operand) {
  if (operand.kind == Operand::Kind::kConstant) {
    return std::ssize(program.constants[static_cast<size_t>(operand.index)].blob.bytes);
  }
  if (operand.kind == Operand::Kind::kNone) return 0;
  if (operand.bytes > 0) return operand.bytes;
  return program.buffers[static_cast<size_t>(operand.index)].bytes - operand.byte_offset;
}

// Of all trips.
int64_t advance_of(const Program& program, const Step& step, const Operand& operand) {
  return product({trips_of(program, step) - 1, std::clamp(std::abs(operand.advance_bytes), int64_t{0}, kMost)});
}

Status check_operand(const Program& program, const Step& step, size_t operand, int64_t needed) {
  const Operand& place = step.operands[operand];
  const int64_t bytes = bytes_of(program, place) - advance_of(program, step, place);
  if (needed <= bytes) return {};
  return error(Error::kInternal, "operand '{}' has {} bytes, the parameters ask for {}",
               step.implementation->kernel->buffers[operand].name, bytes, needed);
}

bool groups_divide(const Reader& p) {
  const int64_t groups = p.value("groups", 1);
  return p.value("input_c", groups) % groups == 0 && p.value("output_c", groups) % groups == 0;
}

}  // namespace

Result<std::vector<int64_t>> needed_bytes(const kernels::KernelInfo& kernel, kernels::Words words) {
  const Reader params(kernel, words);
  if (!params.is_sane() || !groups_divide(params)) {
    return error(Error::kInternal, "has parameters that no tensor has");
  }
  const auto needs = needs_of(kernel, params);
  if (!needs || needs->output == 0) {
    return error(Error::kInternal, "has a kernel of unknown extents, {}", kernel.name);
  }
  std::vector<int64_t> bytes(kernel.buffers.size(), 0);
  size_t input = 0;
  size_t output = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (kernel.buffers[i].role == Role::kOutput) {
      const size_t further = output++;
      const bool is_said = further > 0 && further <= needs->further_outputs.size();
      bytes[i] = is_said ? needs->further_outputs[further - 1] : needs->output;
    }
    if (kernel.buffers[i].role == Role::kInput) bytes[i] = needs->inputs.at(input++);
  }
  return bytes;
}

Status verify_extents(const Program& program, const Step& step) {
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  TMC_ASSIGN(const std::vector<int64_t> needed, needed_bytes(kernel, step.params));
  // Tensors first: what an implementation computes from sizes that are there stays within its integers.
  for (size_t i = 0; i < needed.size(); ++i) {
    if (kernel.buffers[i].role == Role::kScratch) continue;
    TMC_TRY(check_operand(program, step, i, needed[i]));
    if (step.operands[i].kind != Operand::Kind::kConstant) continue;
    const DType dtype = program.constants[static_cast<size_t>(step.operands[i].index)].blob.dtype;
    TMC_TRY(check_dtype(Error::kInternal, kernel, step.params, i, dtype, kernel.buffers[i].name));
  }
  TMC_TRY(check_values(Error::kInternal, kernel, step.params));
  if (!step.implementation->applies(step.params))
    return error(Error::kInternal, "has parameters that its implementation does not take");
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (kernel.buffers[i].role != Role::kScratch) continue;
    TMC_TRY(check_operand(program, step, i, step.implementation->scratch_bytes(step.params)));
  }
  return {};
}

}  // namespace tmc::program
