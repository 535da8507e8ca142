// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <set>

#include "command.hpp"
#include "tmc/base/host/element.hpp"
#include "tmc/base/host/table.hpp"
#include "tmc/check/run.hpp"
#include "tmc/data/sample_data.hpp"
#include "tmc/data/table_rows.hpp"
#include "tmc/pipeline/sensor.hpp"

namespace tmc::app {
namespace {

struct RunArguments {
  ModelOptions model;
  std::vector<std::string> inputs;
  std::string output;
  size_t top = 3;
  int32_t threads = 1;
  bool stream = false;
  bool json = false;
};

// Files for tensors, whose names are the model's: only what is safe in a file name stays of them, at most 200
// characters. Where two would have the same file, capitals or not, the later one gets a number.
class FileNames {
 public:
  std::string operator()(const std::string& tensor) {
    std::string name = tensor.substr(0, 200);
    for (char& c : name) {
      if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_' && c != '.') c = '_';
    }
    if (name.empty() || name[0] == '.') name.insert(0, "_");
    std::string free = name;
    for (int count = 2; !taken_.insert(lower(free)).second; ++count) free = fmt::format("{}_{}", name, count);
    return free + ".npy";
  }

 private:
  static std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  }

  std::set<std::string> taken_;
};

// The best classes of every sample.
using Classes = std::vector<std::vector<data::Class>>;

Result<Classes> classes_of(const pipeline::Compilation& compilation, const std::vector<data::Ports>& outputs,
                           const std::vector<std::string>& labels, size_t count) {
  Classes samples;
  for (const data::Ports& sample : outputs) {
    TMC_ASSIGN(samples.emplace_back(), data::top_classes(compilation, sample, labels, count));
  }
  return samples;
}

Json classes_json(const Classes& samples) {
  Json json = Json::array();
  for (const auto& classes : samples) {
    Json& list = json.push_back(Json::array());
    for (const data::Class& one : classes) list.push_back({{"label", one.label}, {"confidence", one.confidence}});
  }
  return json;
}

void print_classes(const Classes& samples, const std::vector<data::InputFile>& files) {
  std::vector<std::vector<std::string>> rows = {{"sample", "class", "confidence"}};
  for (size_t i = 0; i < samples.size(); ++i) {
    const bool one_each = files.size() == samples.size();
    std::string name = one_each ? files[i].path.filename().string() : fmt::format("{}", i);
    for (const data::Class& one : samples[i]) {
      rows.push_back({std::exchange(name, ""), one.label, fmt::format("{:.4f}", one.confidence)});
    }
  }
  fmt::print("{}", table(rows));
}

// The anomaly score of a sample, where the preprocessing has one.
struct Score {
  double value = 0;
  std::optional<bool> is_above;  // of the threshold, where there is one
};

std::vector<Score> scores_of(const preprocess::Spec& spec, const data::NamedArrays& outputs) {
  std::vector<Score> scores;
  const auto found = outputs.find("anomaly");
  if (!spec.anomaly || found == outputs.end() || found->second.dtype != DType::kF32) return scores;
  const std::optional<double> threshold = spec.anomaly->threshold;
  for (size_t at = 0; at < found->second.bytes.size(); at += sizeof(float)) {
    Score& score = scores.emplace_back(Score{load_element(DType::kF32, &found->second.bytes[at]), std::nullopt});
    if (threshold) score.is_above = !(score.value <= *threshold);  // so is what is no number
  }
  return scores;
}

Json scores_json(const std::vector<Score>& scores) {
  Json json = Json::array();
  for (const Score& score : scores) {
    Json& entry = json.push_back({{"score", score.value}});
    if (score.is_above) entry["is_above"] = *score.is_above;
  }
  return json;
}

void print_scores(const std::vector<Score>& scores) {
  std::vector<std::vector<std::string>> rows = {{"sample", "anomaly", "threshold"}};
  for (const Score& score : scores) {
    const char* text = !score.is_above ? "none" : *score.is_above ? "above" : "not above";
    rows.push_back({fmt::to_string(rows.size() - 1), fmt::format("{:.4f}", score.value), text});
  }
  fmt::print("{}", table(rows));
}

// What a sensor's preprocessing is of are its readings, where nothing else is said of the input. Of samples that are no
// steps a state is given like other inputs, where nothing else is said of it.
ModelOptions as_run(ModelOptions model, const preprocess::Spec& spec, bool stream) {
  if (!stream) model.no_auto_state = true;
  if (spec.sensor && model.border.input_types.empty()) model.border.input_types = {"readings"};
  return model;
}

Status run_run(const RunArguments& options) {
  ProgressLine progress;
  progress.show("compiling");
  TMC_ASSIGN(const preprocess::Spec spec, options.model.preprocessing());
  TMC_ASSIGN(const pipeline::Compilation compilation, as_run(options.model, spec, options.stream).compile());
  const std::vector<data::InputFile> files = input_files(options.inputs);
  TMC_ASSIGN(const data::NamedArrays inputs, data::load_input_files(compilation, files, &spec));
  TMC_ASSIGN(const std::vector<data::Ports> samples, data::to_samples(compilation, inputs));
  TMC_ASSIGN(const std::vector<data::Ports> outputs,
             check::run_samples(
                 compilation, samples,
                 [&](size_t done) {
                   if (done % 10 == 0) progress.show(fmt::format("{} of {} samples", done, samples.size()));
                 },
                 options.stream ? check::Samples::kSteps : check::Samples::kApart, options.threads));
  progress.show("");
  Json report = {{"model", compilation.model.filename().string()},
                 {"target", compilation.target.name},
                 {"samples", samples.size()},
                 {"outputs", Json::array()}};
  Classes classes;
  if (!spec.labels.empty()) {
    TMC_ASSIGN(classes, classes_of(compilation, outputs, spec.labels, options.top));
    report["classes"] = classes_json(classes);
  }
  const data::NamedArrays arrays = data::to_arrays(compilation, outputs);
  const std::vector<Score> scores = scores_of(spec, arrays);
  if (!scores.empty()) report["anomaly"] = scores_json(scores);
  if (spec.sensor) report["features"] = preprocess::feature_names(*spec.sensor);
  const bool as_table = is_table(options.output);
  if (as_table) {
    TMC_ASSIGN(Table table, data::table_of_outputs(compilation, arrays));
    if (spec.sensor && pipeline::is_preprocessing(compilation.model)) {  // features are the first output
      std::ranges::copy(preprocess::feature_names(*spec.sensor), table.columns.begin());
    }
    TMC_TRY(save_table(options.output, table));
    report["file"] = options.output;
  } else if (!options.output.empty()) {
    std::error_code failure;
    std::filesystem::create_directories(options.output, failure);
    if (failure) return error(Error::kIo, "cannot make the folder: {}", failure.message()).in_file(options.output);
  }
  FileNames file_name;
  for (const auto& [name, array] : arrays) {
    Json entry = {{"name", name}, {"dtype", dtype_name(array.dtype)}};
    entry["shape"] = std::vector<int64_t>(array.shape.begin(), array.shape.end());
    if (!options.output.empty() && !as_table) {
      const std::filesystem::path path = std::filesystem::path(options.output) / file_name(name);
      TMC_TRY(save_npy(path, array));
      entry["file"] = path.string();
    }
    report["outputs"].push_back(std::move(entry));
  }
  if (options.json) {
    fmt::print("{}\n", report.dump(2));
  } else {
    fmt::print("{} samples on {}\n", samples.size(), compilation.target.name);
    if (spec.sensor) fmt::print("{}\n", features_text(preprocess::feature_names(*spec.sensor)));
    if (!classes.empty()) print_classes(classes, files);
    if (!scores.empty()) print_scores(scores);
    for (const Json& entry : *report["outputs"].as<Json::Array>()) fmt::print("  {}\n", entry.dump());
  }
  return {};
}

}  // namespace

void add_run(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("run", "Runs the model on data");
  auto options = std::make_shared<RunArguments>();
  options->model.add_to(*command);
  command
      ->add_option("--input", options->inputs,
                   "FILE or NAME=FILE: .npy with samples along a new first axis, .npz, .png, .jpg, .wav, or rows with "
                   "the model's "
                   "columns by name: .csv, .json, .jsonl; may be repeated")
      ->required();
  command->add_option("-o,--output", options->output,
                      "folder for the outputs, one .npy each; or a file of rows: .csv, .json, .jsonl");
  command->add_option("--top", options->top, "classes to print of each sample")->capture_default_str();
  command->add_option("--threads", options->threads, "of this process that share the work; the outputs are the same")
      ->capture_default_str()
      ->in_range(1, 256);
  command->add_flag(
      "--stream", options->stream,
      "samples are steps of one sequence: a model's state lasts from one to the next; without it, each begins anew");
  command->add_flag("--json", options->json, "for machines");
  command->callback([options, &exit] { exit.check(run_run(*options)); });
}

}  // namespace tmc::app
