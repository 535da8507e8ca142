// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a model file to a placed Program: the only list of phases. One can stop after any of them and print what there
// is.

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/data/model.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/pass.hpp"
#include "tmc/pipeline/border.hpp"
#include "tmc/pipeline/time_steps.hpp"
#include "tmc/program/program.hpp"
#include "tmc/quant/decoder/cache_form.hpp"
#include "tmc/quant/quantize.hpp"
#include "tmc/report/subject.hpp"
#include "tmc/storage/arena_regions.hpp"
#include "tmc/storage/budget.hpp"
#include "tmc/storage/pin.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::pipeline {

// A float model is to become an integer one.
struct QuantizeRequest {
  std::filesystem::path calibration;  // what data::open_rows takes
  std::filesystem::path score;        // rows to score on; empty: the same
  std::filesystem::path labels;       // .npy of integers, one for each scored row; empty: none
  std::filesystem::path preprocess;   // YAML for pictures and sounds among them; empty: none
  quant::QuantizeOptions options;
  std::optional<quant::CacheForm> cache;  // of a decoder, where it is said
  storage::Budget budget;                 // of mixtures of precisions
  quant::Progress progress = [](std::string_view, int64_t, int64_t) {};
};

// How boards run a model image, and what `--emit executor` writes.
struct ExecutorOptions {
  bool as_sources = false;                     // images become the sources that their models would have
  std::vector<std::filesystem::path> kernels;  // images, and lists of kernels' names: linked beside the model's own
};

struct CompileOptions {
  std::string name;  // of the generated code; empty: made from the file's name
  Optimize optimize = Optimize::kBalanced;
  bool assembly = true;         // false: C++ in place of the kernels' hand-written inner loops
  bool keep_inputs = false;     // inputs survive a run
  bool drop_roundings = false;  // no pairs between steps that are one operator (opt/pass/drop_inner_roundings.cpp)
  bool plain_kernels =
      false;  // no implementation that spends flash (kernels::ImplementationInfo), whatever is optimised for
  std::optional<storage::PinRequest> pin;
  std::optional<QuantizeRequest> quantize;
  std::vector<storage::ArenaRegion>
      arena_regions;  // that the arena is split over; bytes 0: all that the target offers there
  // Layers run in stripes of rows where the arena is larger otherwise; 0: as small as it gets.
  std::optional<int64_t> stripe_to_bytes;
  bool trade_stripes = true;  // and where a board's arena falls by more than that costs (stripe_price.hpp)
  frontend::ImportOptions import;
  BorderOptions border;
  StreamOptions stream;
  ExecutorOptions executor;
  bool find_states = true;  // of which names and types leave no doubt (frontend/common/states.hpp)
  // Before each phase and at the end, with how many of them are done.
  quant::Progress progress = [](std::string_view, int64_t, int64_t) {};
};

// What there is after some phases.
struct Compilation {
  std::filesystem::path model;
  CompileOptions options;
  Target target;
  ir::Graph graph;           // from "import" on
  program::Program program;  // from "select" on; placed from "storage" on
  bool has_program = false;
  bool is_image = false;                    // `model` is a model image: there is no graph
  std::optional<ir::Graph> quantized_here;  // from "lower_pairs" on, where a float file became integers: as it is there
  std::optional<quant::Report> quantization;  // from "quantize" on, where that was asked for
  // By name, from "border" on: the ports that are others in the program than in the file.
  std::map<std::string, data::FilePort> file_ports = {};
  ir::RemovedWork removed = {};              // from "remove_channels" on
  std::set<std::string> added_outputs = {};  // from "border" on: those that the file's model does not have
  bool input_is_sound = false;               // the samples of a sound, int16, of which the program makes features
  bool input_is_window = false;              // a sample is a window of readings, not a row of features or several

  // As other modules see it. NOLINTBEGIN(google-explicit-constructor): they ask for a part of what is here.
  operator data::Model() const { return {program, graph, file_ports, input_is_sound, input_is_window}; }
  operator report::Subject() const { return {model, target, options.optimize, graph, program, removed}; }
  // NOLINTEND(google-explicit-constructor)
};

struct Phase {
  std::string module;  // whose work it is; a pass belongs to opt or quant
  std::string name;
  std::string doc;
  std::function<Status(Compilation& compilation)> run;
};

// In the order in which they run.
const std::vector<Phase>& phases();

// What `compile` would refuse of a model that is imported, as far as that can be told before anything is placed. Ok
// where it is to be quantised, which changes what there is to refuse.
Status check_imported(Compilation compilation);

// Runs the phases up to and with `last` (all of them where it is empty): a phase by its name, alone or as
// "module/name", or a module, for the last of its phases. Error: kBadUsage for a phase that is not there, with the
// list; what the phases say, with the model's file. Of a model image (pipeline/image.hpp) there is the last phase.
Result<Compilation> compile(const std::filesystem::path& model, const Target& target, const CompileOptions& options,
                            std::string_view last = {});

// What makes a graph of quantise/dequantise pairs, already laid out for the kernels, integer.
Status lower_pairs(ir::Graph& graph);

}  // namespace tmc::pipeline
