// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/compile.hpp"

#include <algorithm>

#include "tmc/backend/cpp/naming.hpp"
#include "tmc/frontend/common/states.hpp"
#include "tmc/frontend/model_file.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/pipeline/image.hpp"
#include "tmc/pipeline/passes.hpp"
#include "tmc/pipeline/past.hpp"
#include "tmc/pipeline/quantize.hpp"
#include "tmc/pipeline/remove_channels.hpp"
#include "tmc/pipeline/select_kernels.hpp"
#include "tmc/pipeline/sensor.hpp"
#include "tmc/pipeline/stripe_price.hpp"
#include "tmc/quant/decoder.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/replay.hpp"
#include "tmc/storage/spare_scratch.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::pipeline {
namespace {

// What names the generated code: --name, or a name made from the file's.
Result<std::string> model_name(const Compilation& compilation) {
  const std::string& wanted = compilation.options.name;
  if (wanted.empty()) return backend::cpp::model_name_from(compilation.model.stem().string());
  if (backend::cpp::is_model_name(wanted)) return wanted;
  return error(Error::kBadUsage, "'{}' cannot name a model in C", wanted)
      .with_hint(fmt::format("give lower-case letters, digits and single underscores that are no word of C or its "
                             "library, as in --name {}",
                             backend::cpp::model_name_from(wanted)));
}

// The phases between import and select.
Status run_passes(Compilation& compilation) {
  for (const Phase& phase : phases()) {
    if (phase.module == "select") break;
    if (phase.module != "frontend") TMC_TRY(phase.run(compilation));
  }
  return {};
}

// What else is refused in what is left of a model whose import refused something: all of it is said at once. Quantising
// changes what kernels are asked for, and is not done to half a model; nor are passes run on a large one, for which
// they take a time that grows by the square of its nodes.
Status all_refused(Compilation& compilation, Refusals refusals) {
  constexpr size_t kMostNodes = 5000;
  if (compilation.graph.order().size() > kMostNodes) return refusals.status();
  if (compilation.options.quantize || !ir::verify(compilation.graph).ok()) return refusals.status();
  if (run_passes(compilation).ok()) select::find_refused(compilation.graph, compilation.target, refusals);
  return refusals.status();
}

Status import_model(Compilation& compilation) {
  TMC_ASSIGN(std::string name, model_name(compilation));
  if (is_preprocessing(compilation.model)) {
    if (compilation.options.quantize) {
      return error(Error::kBadUsage, "features are computed in float: there is nothing to quantise")
          .with_hint("leave --quantize out, or give the model that takes them");
    }
    TMC_TRY(import_preprocessing(compilation));
    compilation.graph.name = std::move(name);
    return {};
  }
  Refusals refusals;
  TMC_ASSIGN(std::optional<ir::Graph> stream, import_past(compilation.model, compilation.options.import, refusals));
  if (stream) {
    compilation.graph = *std::move(stream);
  } else {
    TMC_ASSIGN(compilation.graph, frontend::load_model(compilation.model, compilation.options.import, refusals));
  }
  if (!refusals.empty()) return all_refused(compilation, std::move(refusals));
  compilation.graph.name = std::move(name);
  auto& states = compilation.options.import.states;
  if (compilation.options.find_states && states.empty()) {
    states = frontend::find_states(compilation.graph);
    for (const auto& [input, output] : states) {
      compilation.options.import.warn(fmt::format(
          "the output '{}' is the next run's '{}', as their names and types say; --no-auto-state keeps them apart",
          output, input));
    }
  }
  TMC_TRY(frontend::mark_states(compilation.graph, states));
  const size_t given = states.size();
  if (compilation.graph.states.size() <= given || !compilation.options.quantize) return {};
  if (quant::is_decoder(compilation.graph)) return {};
  return error(Error::kUnsupportedOp, "the model has a state of its own, whose range a calibration does not see")
      .with_hint("leave --quantize out");
}

Status select_phase(Compilation& compilation) {
  TMC_ASSIGN(compilation.program, select_kernels(compilation.graph, compilation));
  compilation.has_program = true;
  return {};
}

// A region of the target that --arena or --pin-weights names.
Result<const MemoryRegion*> find_ram(const Target& target, const std::string& name, std::string_view use,
                                     std::string_view option) {
  const MemoryRegion* region = target.find_region(name);
  if (region != nullptr && region->kind == MemoryKind::kRam) return region;
  std::string regions;
  for (const MemoryRegion& known : target.memory) {
    if (known.kind == MemoryKind::kRam) regions += " " + known.name;
  }
  return error(Error::kBadUsage, "{} has no RAM '{}' {}", target.name, name, use)
      .with_hint(regions.empty() ? fmt::format("leave {} out for this target", option) : "it has:" + regions);
}

// The regions of the arena that were asked for, the fastest first, with what the target offers where no size was given.
Result<std::vector<storage::ArenaRegion>> find_arena_regions(const Compilation& compilation) {
  const Target& target = compilation.target;
  std::vector<std::pair<const MemoryRegion*, storage::ArenaRegion>> found;
  for (storage::ArenaRegion arena_region : compilation.options.arena_regions) {
    TMC_ASSIGN(const MemoryRegion* region, find_ram(target, arena_region.region, "for an arena", "--arena"));
    const bool again = std::ranges::any_of(found, [&](const auto& other) { return other.first == region; });
    if (again) return error(Error::kBadUsage, "--arena names {} twice", arena_region.region);
    const auto& pin = compilation.options.pin;
    const auto room = static_cast<int64_t>(target.arena_room(*region));
    if (arena_region.bytes == 0)
      arena_region.bytes = room - (pin && pin->region == arena_region.region ? std::min(room, pin->bytes) : 0);
    if (arena_region.bytes > room) {
      return error(Error::kDoesNotFit, "{} has {} bytes for an arena, --arena asks for {}", arena_region.region, room,
                   arena_region.bytes);
    }
    found.emplace_back(region, std::move(arena_region));
  }
  std::ranges::stable_sort(found, {}, [](const auto& entry) { return entry.first->read_cycles; });
  std::vector<storage::ArenaRegion> arena_regions;
  for (auto& [region, arena_region] : found) arena_regions.push_back(std::move(arena_region));
  return arena_regions;
}

Status place_buffers(Compilation& compilation) {
  storage::StorageOptions options;
  TMC_ASSIGN(options.arena_regions, find_arena_regions(compilation));
  options.stripe_to_bytes = compilation.options.stripe_to_bytes;
  options.isa = compilation.target.isa;
  if (compilation.options.trade_stripes && compilation.target.board) {
    program::Program planned = compilation.program;  // what stripes are compared with
    storage::spare_scratch(planned);
    TMC_ASSIGN(auto price, stripe_price(planned, compilation.target, compilation.options.optimize));
    options.trade = storage::StripeTrade{std::move(price)};
  }
  TMC_ASSIGN(compilation.program, storage::place(std::move(compilation.program), options));
  return storage::replay(compilation.program);
}

// A pass as a phase.
Phase pass_phase(std::string_view name) {
  const FoundPass found = find_pass(name);
  return {found.module, std::string(name), found.pass ? found.pass->doc : "",
          [name](Compilation& compilation) { return run_pass(compilation.graph, name); }};
}

Status lower_quantized(Compilation& compilation) {
  if (compilation.options.quantize) TMC_TRY(lower_pairs(compilation.graph));
  const bool is_quantized = compilation.options.quantize || !compilation.options.import.weights.empty();
  if (is_quantized) compilation.quantized_here = compilation.graph;
  return {};
}

// Again where integers clamp what reals do not.
Status remove_quantized_channels(Compilation& compilation) {
  return compilation.options.quantize ? remove_channels(compilation) : Status();
}

Status pin_weights(Compilation& compilation) {
  const auto& pin = compilation.options.pin;
  if (!pin) return {};
  TMC_ASSIGN([[maybe_unused]] const MemoryRegion* region,
             find_ram(compilation.target, pin->region, "to pin weights in", "--pin-weights"));
  storage::pin_weights(compilation.program, *pin);
  return {};
}

Status drop_roundings(Compilation& compilation) {
  return compilation.options.drop_roundings ? run_pass(compilation.graph, "drop_inner_roundings") : Status();
}

std::vector<Phase> make_phases() {
  std::vector<Phase> list = {{"frontend", "import", "Reads the model file into a graph.", import_model}};
  for (const std::string_view pass : {"fold_dilation",
                                      "remove_identities",
                                      "fold_constants",
                                      "fuse_gelu",
                                      "fuse_silu",
                                      "fuse_norms",
                                      "fuse_rotary",
                                      "fully_connected_to_matmul",
                                      "split_head_projections",
                                      "project_length_first",
                                      "fuse_attention",
                                      "join_moves",
                                      "remove_dead_code",
                                      "matmul_to_fully_connected",
                                      "sink_reshapes",
                                      "remove_identities",
                                      "invert_constants",
                                      "fold_affine",
                                      "fuse_bias",
                                      "fuse_pad",
                                      "fuse_activation",
                                      "split_projections",
                                      "hoist_quantize",
                                      "merge_quantize_pairs",
                                      "sink_dequantize",
                                      "merge_quantize_pairs",
                                      "quantize_averages",
                                      "sink_dequantize",
                                      "fold_constants",
                                      "lower_layers",
                                      "lower_recurrent",
                                      "lower_operators",
                                      "dequantize_weights",
                                      "convert_layout",
                                      "sink_transposes",
                                      "absorb_flatten",
                                      "fold_constants",
                                      "fuse_activation",
                                      "fuse_pad",
                                      "narrow_integers",
                                      "remove_identities",
                                      "remove_dead_code"}) {
    Phase phase = pass_phase(pass);
    const auto again = std::ranges::count_if(list, [&](const Phase& other) { return other.name.starts_with(pass); });
    if (again > 0) phase.name += fmt::format("_{}", again + 1);
    if (pass == "fuse_gelu") {
      const std::string doc = find_pass("drop_inner_roundings").pass->doc;
      list.push_back({"opt", "drop_inner_roundings", doc, drop_roundings});
    }
    list.push_back(std::move(phase));
  }
  const std::string removal = find_pass("remove_channels").pass->doc;
  list.push_back({"opt", "remove_channels", removal, remove_float_channels});
  list.push_back(
      {"quant", "quantize", "Puts quantise/dequantise pairs into a float graph where that is asked for.", quantize});
  list.push_back({"quant", "lower_pairs", "Makes what lies between these pairs integer.", lower_quantized});
  list.push_back({"opt", "remove_channels_2", removal, remove_quantized_channels});
  list.push_back({"opt", "step_over_time",
                  "Makes the graph take the newest frames alone and keep what it needs of the past, where an axis of "
                  "time is named.",
                  step_over_time});
  list.push_back({"opt", "border",
                  "Makes inputs and outputs what the hardware gives and takes, where that is asked for.",
                  change_border});
  // Last, since there is no integer kernel for what it makes.
  list.push_back(pass_phase("read_planes"));
  list.push_back({"select", "select", "Chooses a kernel implementation for every operator.", select_phase});
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

// The phase of that name, else the last one of that module; the end where there is neither. `storage` is both.
std::vector<Phase>::const_iterator find_phase(std::string_view name) {
  const auto found = std::ranges::find_if(phases(), [&](const Phase& phase) {
    return phase.name == name || fmt::format("{}/{}", phase.module, phase.name) == name;
  });
  if (found != phases().end()) return found;
  const auto last =
      std::find_if(phases().rbegin(), phases().rend(), [&](const Phase& phase) { return phase.module == name; });
  return last == phases().rend() ? phases().end() : std::prev(last.base());
}

}  // namespace

Status lower_pairs(ir::Graph& graph) {
  for (const std::string_view name :
       {"hoist_quantize", "merge_quantize_pairs", "sink_dequantize", "merge_quantize_pairs", "lower_layers",
        "lower_recurrent", "lower_operators", "dequantize_weights", "fold_constants", "remove_identities",
        "remove_dead_code"}) {
    TMC_TRY(run_pass(graph, name));
  }
  return {};
}

Status check_imported(Compilation compilation) {
  const auto check = [&]() -> Status {
    TMC_TRY(run_passes(compilation));
    return select_phase(compilation);
  };
  if (compilation.options.quantize) return {};
  Status status = check();
  const Error code = status.code();
  return std::move(status).in_file(compilation.model.string()).with_hint(usual_hint(code));
}

Result<Compilation> compile(const std::filesystem::path& model, const Target& target, const CompileOptions& options,
                            std::string_view last) {
  const auto stop = last.empty() ? phases().end() : find_phase(last);
  if (!last.empty() && stop == phases().end()) {
    std::string names;
    for (const Phase& phase : phases()) names += " " + phase.name;
    return error(Error::kBadUsage, "there is no phase '{}'", last).with_hint("the phases are:" + names);
  }
  if (is_image(model)) return read_image(model, target, options);
  // A folder's name may end with a slash, behind which there is no name.
  Compilation compilation{.model = model.has_filename() ? model : model.parent_path(),
                          .options = options,
                          .target = target,
                          .graph = {},
                          .program = {},
                          .quantized_here = {},
                          .quantization = {}};
  const int64_t all = stop == phases().end() ? std::ssize(phases()) : stop - phases().begin() + 1;
  for (auto phase = phases().begin(); phase != phases().begin() + all; ++phase) {
    options.progress(phase->name, phase - phases().begin(), all);
    Status status = phase->run(compilation);
    if (!status.ok()) {
      const Error code = status.code();
      return std::move(status).in_file(model.string()).with_hint(usual_hint(code));
    }
  }
  options.progress("", all, all);
  return compilation;
}

}  // namespace tmc::pipeline
