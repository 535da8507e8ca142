// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/border.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "tmc/opt/border.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/pipeline/passes.hpp"
#include "tmc/pipeline/sensor.hpp"

namespace tmc::pipeline {
namespace {

using ir::Graph;
using ir::ValueId;
using BorderPorts = std::map<std::string, data::FilePort>;

std::vector<std::string> names_of(const Graph& graph, const std::vector<ValueId>& ports) {
  std::vector<std::string> names;
  for (const ValueId port : ports) names.push_back(graph.value(port).name);
  return names;
}

// Everything that is wrong, in one error.
class PortRefusals {
 public:
  void add(const std::string& port, Status status) {
    if (status.ok()) return;
    if (first_.ok()) {
      first_ = std::move(status).at_node(port);
      return;
    }
    others_.push_back(fmt::format("'{}': {}", port, status.message()));
  }
  void add_unknown(const char* what, const std::string& name, const std::vector<std::string>& known) {
    add(name, error(Error::kBadUsage, "the model has no {} of this name", what)
                  .with_hint(fmt::format("it has '{}'", fmt::join(known, "', '"))));
  }
  Status status() && {
    if (others_.empty()) return std::move(first_);
    return error(first_.code(), "{}; and {}", first_.message(), fmt::join(others_, "; "))
        .at_node(first_.node())
        .with_hint(first_.hint());
  }

 private:
  Status first_;
  std::vector<std::string> others_;
};

// What the options say of a port: by its name, else for all.
template <typename T>
const T* find_for(const std::map<std::string, T>& by_name, const std::string& port) {
  auto found = by_name.find(port);
  if (found == by_name.end()) found = by_name.find("");
  return found == by_name.end() ? nullptr : &found->second;
}

template <typename Named>
void check_names(const Named& named, const char* what, const std::vector<std::string>& known, PortRefusals& refusals) {
  for (const std::string& name : named) {
    if (!name.empty() && std::ranges::find(known, name) == known.end()) refusals.add_unknown(what, name, known);
  }
}

template <typename T>
std::set<std::string> keys(const std::map<std::string, T>& by_name) {
  std::set<std::string> names;
  for (const auto& [name, value] : by_name) names.insert(name);
  return names;
}

// Of images among the inputs where all were asked for.
bool moves_channels(const BorderOptions& options, const ir::Value& input) {
  return options.channels_last.contains(input.name) ||
         (options.channels_last.contains("") && input.type.shape.rank() == 4);
}

// The affine function of each channel from pixels to the file's reals.
opt::PixelSource pixel_source(const preprocess::ImageSpec& image, preprocess::Camera camera, const ir::Value& input) {
  const bool plain = camera == preprocess::Camera::kBytes;
  opt::PixelSource source{.format = plain ? "bytes" : preprocess::camera_name(camera),
                          .color = preprocess::color_name(image.color)};
  const bool by_element = image.units == preprocess::Units::kElement && !input.quantization.empty();
  const double step = by_element ? input.quantization.scale() : 1;
  const double zero = by_element ? input.quantization.zero_point() : 0;
  const size_t channels = image.color == preprocess::ImageSpec::Color::kGray ? 1 : 3;
  for (size_t c = 0; c < channels; ++c) {
    source.scale.push_back(static_cast<float>(image.scale[image.scale.size() == 1 ? 0 : c] * step));
    source.offset.push_back(static_cast<float>((image.offset[image.offset.size() == 1 ? 0 : c] - zero) * step));
  }
  return source;
}

Status read_camera(Graph& graph, ValueId id, preprocess::Camera camera, const preprocess::ImageSpec& image,
                   data::FilePort& port) {
  if (image.channels_first && !port.channels_moved) {
    TMC_ASSIGN(port.channels_moved, opt::move_channels_last(graph, id));
  }
  const ir::Value& input = graph.value(id);
  const int64_t channels = image.color == preprocess::ImageSpec::Color::kGray ? 1 : 3;
  const Shape& shape = input.type.shape;
  if (shape.rank() != 4 || shape[3] != channels) {
    return error(Error::kBadInput, "the preprocessing makes {} channels, which are not its last axis", channels)
        .with_hint("set color to gray for one channel, rgb or bgr for three; or layout to what the file has");
  }
  const bool in_pairs = camera == preprocess::Camera::kYuyv || camera == preprocess::Camera::kUyvy;
  if (in_pairs && shape[2] % 2 != 0) {
    return error(Error::kBadUsage, "{} pixels a row cannot share their chroma by pairs", shape[2])
        .with_hint("take rgb565 or pixels from the camera");
  }
  opt::PixelSource source = pixel_source(image, camera, input);
  port.pixels = {camera, image.color, source.scale, source.offset};
  return opt::read_pixels(graph, id, source);
}

Status read_samples(Graph& graph, ValueId id, const preprocess::SoundSpec& sound) {
  const auto refused = [](const char* what) {
    return error(Error::kBadUsage, "samples cannot be its input: {}", what)
        .with_hint("compute this on the device, from the constants of model.hpp, and leave the input's type");
  };
  if (sound.normalize_peak) return refused("the loudest sample is not known before the last one");
  if (sound.pre_emphasis != 0) return refused("pre_emphasis takes two samples");
  if (sound.mean[0] != 0) return refused("int16 has no zero point for a mean that is not 0");
  if (sound.units == preprocess::Units::kElement) return refused("as elements, from -1 to 1, they would all be 0");
  return opt::read_samples(graph, id, static_cast<float>(0x1p-15 / sound.deviation[0]));
}

Status needs(const char* part) {
  return error(Error::kBadUsage, "nothing says how it becomes the model's input")
      .with_hint(fmt::format("pass --preprocess FILE.yaml with the part '{}'; see docs/preprocessing.md", part));
}

Status hear(Compilation& compilation, ValueId id, const preprocess::Spec& spec, sensor::SoundInput samples,
            data::FilePort& port) {
  if (is_preprocessing(compilation.model)) return {};  // they are its input
  if (!spec.sound) return needs("sound");
  const bool is_clip = samples == sensor::SoundInput::kClip;
  if (is_clip && spec.sound->as_samples) return read_samples(compilation.graph, id, *spec.sound);
  return read_sound(compilation, id, *spec.sound, samples, port);
}

Status change_input(Compilation& compilation, ValueId id, const preprocess::Spec& spec, data::FilePort& port) {
  Graph& graph = compilation.graph;
  const BorderOptions& options = compilation.options.border;
  const std::string name = graph.value(id).name;
  if (const preprocess::Camera* camera = find_for(options.cameras, name)) {
    return spec.image ? read_camera(graph, id, *camera, *spec.image, port) : needs("image");
  }
  if (options.samples.contains(name) || options.samples.contains("")) {
    return hear(compilation, id, spec, sensor::SoundInput::kClip, port);
  }
  if (options.streams.contains(name) || options.streams.contains("")) {
    const bool by_frames = !compilation.options.stream.axes.empty();
    return hear(compilation, id, spec, by_frames ? sensor::SoundInput::kFrames : sensor::SoundInput::kStream, port);
  }
  if (options.readings.contains(name) || options.readings.contains("")) {
    if (is_preprocessing(compilation.model)) return {};  // they are its input
    if (!spec.sensor) return needs("sensor");
    compilation.input_is_window = true;
    return read_readings(compilation, id, spec, port);
  }
  if (const DType* dtype = find_for(options.input_types, name)) TMC_TRY(opt::retype_input(graph, id, *dtype));
  if (!moves_channels(options, graph.value(id))) return {};
  TMC_ASSIGN(port.channels_moved, opt::move_channels_last(graph, id));
  return {};
}

// Takes away what the change made superfluous.
Status tidy(Graph& graph) {
  for (const char* pass : {"merge_quantize_pairs", "sink_dequantize", "merge_quantize_pairs", "sink_transposes",
                           "fold_pixels", "absorb_flatten", "remove_identities", "remove_dead_code"}) {
    TMC_TRY(run_pass(graph, pass));
  }
  return {};
}

std::vector<ValueId> ports_of(const Graph& graph) {
  std::vector<ValueId> ports = graph.inputs();
  ports.insert(ports.end(), graph.outputs().begin(), graph.outputs().end());
  return ports;
}

BorderPorts read_ports(const Graph& graph) {
  BorderPorts ports;
  for (const ValueId id : ports_of(graph)) {
    const ir::Value& value = graph.value(id);
    ports[value.name] = {.type = value.type, .quantization = value.quantization};
  }
  return ports;
}

// Completes what was read before the change, and leaves out what did not change.
void note_changes(const Graph& graph, BorderPorts& ports) {
  for (const ValueId id : ports_of(graph)) {
    const ir::Value& value = graph.value(id);
    const auto found = ports.find(value.name);
    if (found == ports.end()) continue;  // the file has no such port
    data::FilePort& port = found->second;
    port.program_type = value.type;
    port.program_quantization = value.quantization;
  }
  std::erase_if(ports, [](const auto& named) {
    const data::FilePort& port = named.second;
    return !port.channels_moved && !port.pixels && !port.features && port.type == port.program_type &&
           port.quantization == port.program_quantization;
  });
}

}  // namespace

Status change_border(Compilation& compilation) {
  const BorderOptions& options = compilation.options.border;
  Graph& graph = compilation.graph;
  preprocess::Spec spec;
  if (!options.preprocess.empty()) {
    TMC_ASSIGN(spec, preprocess::load_spec(options.preprocess));
  }
  const bool has_score = spec.anomaly && !is_preprocessing(compilation.model);
  if (options.empty() && !has_score) return {};
  BorderPorts ports = read_ports(graph);
  const std::vector<std::string> inputs = names_of(graph, graph.inputs());
  const std::vector<std::string> outputs = names_of(graph, graph.outputs());
  PortRefusals refusals;
  check_names(keys(options.input_types), "input", inputs, refusals);
  check_names(keys(options.cameras), "input", inputs, refusals);
  check_names(options.samples, "input", inputs, refusals);
  check_names(options.streams, "input", inputs, refusals);
  check_names(options.readings, "input", inputs, refusals);
  check_names(options.channels_last, "input", inputs, refusals);
  check_names(keys(options.output_types), "output", outputs, refusals);
  const std::vector<ir::State> states = graph.states;
  const auto is_state = [&](size_t ir::State::*port, size_t index) {
    return std::ranges::find(states, index, port) != states.end();
  };
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (is_state(&ir::State::input, i)) continue;
    refusals.add(inputs[i], change_input(compilation, graph.inputs()[i], spec, ports[inputs[i]]));
  }
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (is_state(&ir::State::output, i)) continue;
    const DType* dtype = find_for(options.output_types, outputs[i]);
    if (dtype) refusals.add(outputs[i], opt::retype_output(graph, i, *dtype));
  }
  TMC_TRY(std::move(refusals).status());
  if (has_score && options.readings.empty()) TMC_TRY(add_anomaly(compilation, *spec.anomaly));
  TMC_TRY(tidy(graph));
  note_changes(graph, ports);
  compilation.file_ports = std::move(ports);
  return {};
}

}  // namespace tmc::pipeline
