// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/compile.hpp"

#include <algorithm>

#include "tmc/frontend/model_file.hpp"
#include "tmc/pipeline/passes.hpp"
#include "tmc/pipeline/quantize.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::pipeline {
namespace {

// A C identifier in lower case from the file's name: it names the generated code.
std::string model_name(const std::filesystem::path& model) {
  std::string name = model.stem().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::tolower(c)) : '_';
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0]))) name = "model_" + name;
  return name;
}

Status import_model(Compilation& compilation) {
  TMC_ASSIGN(compilation.graph, frontend::load_model(compilation.model, compilation.options.import));
  compilation.graph.name = model_name(compilation.model);
  return {};
}

Status select_kernels(Compilation& compilation) {
  TMC_ASSIGN(compilation.program,
             select::select(compilation.graph, compilation.target, {.keep_inputs = compilation.options.keep_inputs}));
  compilation.has_program = true;
  return {};
}

Status place_buffers(Compilation& compilation) {
  TMC_ASSIGN(compilation.program, storage::place(std::move(compilation.program)));
  return {};
}

// A pass as a phase.
Phase pass_phase(std::string_view name) {
  const FoundPass found = find_pass(name);
  return {found.room, std::string(name), found.pass ? found.pass->doc : "",
          [name](Compilation& compilation) { return run_pass(compilation.graph, name); }};
}

Status lower_quantized(Compilation& compilation) {
  return compilation.options.quantize ? lower_pairs(compilation.graph) : Status();
}

Status pin_weights(Compilation& compilation) {
  const auto& pin = compilation.options.pin;
  if (!pin) return {};
  const MemoryRegion* region = compilation.target.find_region(pin->region);
  if (region == nullptr || region->kind != MemoryKind::kRam) {
    std::string regions;
    for (const MemoryRegion& known : compilation.target.memory) {
      if (known.kind == MemoryKind::kRam) regions += " " + known.name;
    }
    return error(Error::kBadUsage, "{} has no RAM '{}' to pin weights in", compilation.target.name, pin->region)
        .remedied_by(regions.empty() ? "leave --pin-weights out for this target" : "it has:" + regions);
  }
  storage::pin_weights(compilation.program, *pin);
  return {};
}

std::vector<Phase> make_phases() {
  std::vector<Phase> list = {{"frontend", "import", "Reads the model file into a graph.", import_model}};
  for (const std::string_view pass : {"remove_identities",
                                      "fold_constants",
                                      "matmul_to_fully_connected",
                                      "fold_affine",
                                      "fuse_bias",
                                      "fuse_pad",
                                      "fuse_activation",
                                      "hoist_quantize",
                                      "merge_quantize_pairs",
                                      "sink_dequantize",
                                      "merge_quantize_pairs",
                                      "lower_layers",
                                      "lower_operators",
                                      "dequantize_weights",
                                      "convert_layout",
                                      "sink_transposes",
                                      "absorb_flatten",
                                      "fold_constants",
                                      "fuse_activation",
                                      "fuse_pad",
                                      "remove_identities",
                                      "remove_dead_code"}) {
    Phase phase = pass_phase(pass);
    const auto again = std::ranges::count_if(list, [&](const Phase& other) { return other.name.starts_with(pass); });
    if (again > 0) phase.name += fmt::format("_{}", again + 1);
    list.push_back(std::move(phase));
  }
  list.push_back(
      {"quant", "quantize", "Puts quantise/dequantise pairs into a float graph where that is asked for.", quantize});
  list.push_back({"quant", "lower_pairs", "Makes what lies between these pairs integer.", lower_quantized});
  list.push_back({"select", "select", "Chooses a kernel body for every operator.", select_kernels});
  list.push_back({"storage", "storage", "Chooses the order of steps and the address of every buffer.", place_buffers});
  list.push_back({"storage", "pin_weights", "Moves weights to fast memory where that is asked for.", pin_weights});
  return list;
}

}  // namespace

const std::vector<Phase>& phases() {
  static const std::vector<Phase> kPhases = make_phases();
  return kPhases;
}

namespace {

// The phase of that name, else the last one of that room; the end where there is neither. `storage` is both.
std::vector<Phase>::const_iterator find_phase(std::string_view name) {
  const auto found = std::ranges::find_if(phases(), [&](const Phase& phase) {
    return phase.name == name || fmt::format("{}/{}", phase.room, phase.name) == name;
  });
  if (found != phases().end()) return found;
  const auto last =
      std::find_if(phases().rbegin(), phases().rend(), [&](const Phase& phase) { return phase.room == name; });
  return last == phases().rend() ? phases().end() : std::prev(last.base());
}

}  // namespace

Result<Compilation> compile(const std::filesystem::path& model, const Target& target, const CompileOptions& options,
                            std::string_view last) {
  const auto stop = last.empty() ? phases().end() : find_phase(last);
  if (!last.empty() && stop == phases().end()) {
    std::string names;
    for (const Phase& phase : phases()) names += " " + phase.name;
    return error(Error::kBadUsage, "there is no phase '{}'", last).remedied_by("the phases are:" + names);
  }
  Compilation compilation{
      .model = model, .options = options, .target = target, .graph = {}, .program = {}, .quantization = {}};
  for (auto phase = phases().begin(); phase != phases().end(); ++phase) {
    Status status = phase->run(compilation);
    if (!status.ok()) return std::move(status).in_file(model.string());
    if (phase == stop) break;
  }
  return compilation;
}

}  // namespace tmc::pipeline
