// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "command.hpp"
#include "simulator.hpp"
#include "tmc/base/host/number.hpp"
#include "tmc/custom/load.hpp"
#include "tmc/pipeline/image.hpp"
#include "tmc/pipeline/sensor.hpp"
#include "tmc/targets/byte_size.hpp"

namespace tmc::app {
namespace {

// "NAME=rest".
Result<std::pair<std::string, std::string>> split_assignment(const std::string& text) {
  const size_t equals = text.rfind('=');
  if (equals == std::string::npos || equals == 0) {
    return error(Error::kBadUsage, "'{}' is not of the form NAME=VALUE", text);
  }
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

Result<Shape> parse_shape(const std::string& text) {
  Shape shape;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    int64_t extent = 0;
    const auto [next, failure] = std::from_chars(at, end, extent);
    if (failure != std::errc() || extent < 0 || !shape.push_back(extent) || (next != end && *next != 'x')) {
      return error(Error::kBadUsage, "'{}' is no shape", text).with_hint("write extents as in 1x49x10");
    }
    at = next == end ? end : next + 1;
  }
  return shape;
}

// "DTCM=64K,AXI_SRAM".
Result<std::vector<storage::ArenaRegion>> parse_arena_regions(std::string_view text) {
  std::vector<storage::ArenaRegion> arena_regions;
  while (!text.empty()) {
    const std::string item(text.substr(0, text.find(',')));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    storage::ArenaRegion& arena_region = arena_regions.emplace_back(storage::ArenaRegion{item});
    if (item.find('=') == std::string::npos) continue;
    TMC_ASSIGN(const auto assignment, split_assignment(item));
    TMC_ASSIGN(const uint64_t bytes, parse_byte_size(assignment.second));
    if (bytes == 0) return error(Error::kBadUsage, "--arena gives {} no bytes", assignment.first);
    arena_region = {assignment.first, static_cast<int64_t>(bytes)};
  }
  return arena_regions;
}

// "armv7em,portable".
Status keep_isa(const std::string& text, Target& target) {
  const std::vector<std::string> kept = split_at_commas(text);
  for (const std::string& name : kept) {
    if (std::ranges::find(target.isa, name) != target.isa.end()) continue;
    return error(Error::kBadUsage, "{} has no kernels of '{}'", target.name, name)
        .with_hint(fmt::format("choose of {}", fmt::join(target.isa, ", ")));
  }
  target.isa = kept;
  return {};
}

}  // namespace

void ModelOptions::add_to(Command& command, bool with_target) {
  command.add_option("model", model, "model file (.tflite, .onnx) or folder, or a sensor's preprocessing (.yaml)")
      ->required();
  add_settings_to(command, with_target);
}

void ModelOptions::add_settings_to(Command& command, bool with_target) {
  if (with_target) {
    command.add_option("--target", target, "target, see `tinymlc targets`")->capture_default_str();
    command.add_option("--name", name, "of the generated code, where the file's name will not do");
    command.add_option("--optimize", optimize, "speed, balanced or size")->capture_default_str();
    command.add_option("--isa", isa,
                       "portable: only kernels of these instruction sets, of those that the target has, best first");
    command.add_flag("--no-asm", no_asm,
                     "C++ in place of the kernels' hand-written inner loops; predictions are of these");
    command.add_flag("--keep-inputs", keep_inputs, "inputs survive a run; costs memory");
    command.add_flag("--plain-kernels", plain_kernels,
                     "no kernels that repeat others for fewer instructions, with code and scratch of their own");
    command.add_flag("--check", check, "of a model image: compare its constants with their hash before anything else");
    command.add_flag("--as-sources", as_sources, "of a model image: boards run the sources that its model would have");
    command.add_option("--kernels", kernels,
                       "a model image, or a list of names as armv7em/conv2d_s8: the executor of images links these "
                       "kernels beside the model's own; may be repeated");
    command.add_option("--pin-weights", pin_weights,
                       "DTCM=32K: that many bytes of weights go to the target's fast RAM");
    command.add_option("--arena", arena,
                       "DTCM=64K,AXI_SRAM: splits the working memory over these; without a size, all that is free");
    command
        .add_option("--stream-rows", stripe_rows,
                    "layers run in stripes of rows: 96K or min: until the working memory is that small; auto: on "
                    "boards, where it falls by a tenth or more, and by 8 percent of what is left for each percent of "
                    "instructions and 2 for each of flash that the cost model predicts; none: never")
        ->capture_default_str();
  }
  border.add_to(command);
  quantize.add_to(command);
  command.add_flag("--drop-roundings", drop_roundings,
                   "of a file with quantise/dequantise pairs between the steps of attention, norms and activations: "
                   "makes each one operator, which does not round between them");
  command.add_option("--weights", weights,
                     "state dictionary (.pt) of the model after PyTorch's static quantisation: makes it int8");
  command.add_option("--custom", custom,
                     "YAML that describes operators of your own, with their headers; may be repeated");
  command.add_option("--shape", shapes, "NAME=1x49x10: binds an input's open extents; may be repeated");
  command.add_option(
      "--bound", bounds,
      "NAME=100: the most elements of a tensor of which only a run knows how many it has, the most trips "
      "of a loop by the tensor of its count, or the bytes of an input's strings; may be repeated");
  command.add_option("--state", states,
                     "INPUT=OUTPUT: the output of a run is the input of the next one, and neither is the model's any "
                     "more; begins as zeros; may be repeated");
  constexpr int kMostTokens = 1 << 20;
  command
      .add_option("--window", window,
                  "tokens that a decoder keeps keys and values of; without it, as many as it was trained with")
      ->in_range(1, kMostTokens);
  command.add_option("--sinks", sinks, "of these, the first ones of a text that are kept for ever");
  command.add_option("--block", block, "tokens that a decoder takes in a run; without it, one")
      ->in_range(1, kMostTokens);
  command.add_flag("--no-auto-state", no_auto_state,
                   "no output is the state of the next run that --state does not name, whatever it is called");
  command.add_option("--stream-axis", stream_axes,
                     "AXIS or INPUT=AXIS, from 0 on: that axis of the input is time; a run takes the new frames alone "
                     "and gives what the model gives for the last whole window; may be repeated");
  command.add_option("--stream-hop", stream_hop, "new frames in a run, with --stream-axis");
}

Result<preprocess::Spec> ModelOptions::preprocessing() const {
  const bool is_model = pipeline::is_preprocessing(model);
  const std::string& file = quantize.preprocess.empty() && is_model ? model : quantize.preprocess;
  preprocess::Spec spec;
  if (!file.empty()) {
    TMC_ASSIGN(spec, preprocess::load_spec(file));
  }
  if (is_model) spec.labels.clear();
  return spec;
}

Result<pipeline::Compilation> ModelOptions::compile(std::string_view last,
                                                    std::optional<int64_t> ram_budget_bytes) const {
  TMC_ASSIGN(Target loaded, load_target(target));
  loaded = with_simulator(std::move(loaded));
  if (!for_sources) loaded = in_process(std::move(loaded));
  if (!isa.empty()) TMC_TRY(keep_isa(isa, loaded));
  pipeline::CompileOptions options;
  if (check) TMC_TRY(pipeline::check_hash(model));
  options.name = name;
  TMC_ASSIGN(options.optimize, parse_optimize(optimize));
  options.assembly = !no_asm;
  options.keep_inputs = keep_inputs;
  options.drop_roundings = drop_roundings;
  options.plain_kernels = plain_kernels;
  options.executor = {as_sources, {kernels.begin(), kernels.end()}};
  TMC_ASSIGN(options.quantize, quantize.request());
  if (!pin_weights.empty()) {
    TMC_ASSIGN(const auto assignment, split_assignment(pin_weights));
    TMC_ASSIGN(const uint64_t bytes, parse_byte_size(assignment.second));
    options.pin = storage::PinRequest{assignment.first, static_cast<int64_t>(bytes)};
  }
  TMC_ASSIGN(options.arena_regions, parse_arena_regions(arena));
  options.stripe_to_bytes = ram_budget_bytes;
  options.trade_stripes = stripe_rows == "auto";
  if (stripe_rows == "min") {
    options.stripe_to_bytes = 0;
  } else if (stripe_rows == "none") {
    options.stripe_to_bytes = std::nullopt;
  } else if (stripe_rows != "auto") {
    TMC_ASSIGN(const uint64_t bytes, parse_byte_size(stripe_rows));
    options.stripe_to_bytes = static_cast<int64_t>(bytes);
  }
  for (const std::string& argument : shapes) {
    TMC_ASSIGN(const auto assignment, split_assignment(argument));
    TMC_ASSIGN(options.import.shapes[assignment.first], parse_shape(assignment.second));
  }
  for (const std::string& argument : bounds) {
    TMC_ASSIGN(const auto assignment, split_assignment(argument));
    int64_t& bound = options.import.bounds[assignment.first];
    if (!parse_number(assignment.second, bound) || bound < 1) {
      return error(Error::kBadUsage, "'{}' is no bound", assignment.second).with_hint("write a whole number above 0");
    }
  }
  for (const std::string& argument : states) {
    TMC_ASSIGN(const auto assignment, split_assignment(argument));
    options.import.states[assignment.first] = assignment.second;
  }
  for (const auto& [bound, count] :
       {std::pair("window", window), std::pair("sinks", sinks), std::pair("block", block)}) {
    if (count != 0) options.import.bounds[bound] = count;
  }
  options.find_states = !no_auto_state;
  for (const std::string& argument : stream_axes) {
    const size_t equals = argument.rfind('=');
    const size_t number = equals == std::string::npos ? 0 : equals + 1;
    int64_t& axis = options.stream.axes[argument.substr(0, number == 0 ? 0 : equals)];
    if (!parse_number(argument.substr(number), axis)) {
      return error(Error::kBadUsage, "'{}' is no axis", argument).with_hint("write its number, as in 2 or features=2");
    }
  }
  options.stream.hop = stream_hop;
  options.import.weights = weights;
  const std::vector<std::filesystem::path> descriptions(custom.begin(), custom.end());
  TMC_ASSIGN(custom::Operators operators, custom::load(descriptions));
  options.import.custom = std::make_shared<const custom::Operators>(std::move(operators));
  TMC_ASSIGN(options.border, border.options(quantize.preprocess));
  if (progress) options.progress = progress;
  options.import.warn = [this](const std::string& text) {
    if (warn) return warn(text);
    fmt::print(stderr, "tinymlc: {}: warning: {}\n", model, text);
  };
  return pipeline::compile(model, loaded, options, last);
}

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

std::vector<data::InputFile> input_files(const std::vector<std::string>& arguments) {
  std::vector<data::InputFile> files;
  for (const std::string& argument : arguments) {
    // Names of tensors may hold an equals sign; so may paths, but rarely.
    const size_t equals = argument.rfind('=');
    const bool named = equals != std::string::npos && equals > 0;
    files.push_back({named ? argument.substr(0, equals) : "", named ? argument.substr(equals + 1) : argument});
  }
  return files;
}

Result<data::NamedArrays> load_inputs(const std::vector<std::string>& arguments) {
  data::NamedArrays arrays;
  for (const std::string& argument : arguments) {
    if (argument.ends_with(".npz")) {
      TMC_ASSIGN(auto loaded, load_npz(argument));
      arrays.merge(loaded);
      continue;
    }
    TMC_ASSIGN(const auto assignment, split_assignment(argument));
    TMC_ASSIGN(arrays[assignment.first], load_npy(assignment.second));
  }
  for (auto& [name, array] : arrays) array = data::widened(std::move(array));
  return arrays;
}

}  // namespace tmc::app
