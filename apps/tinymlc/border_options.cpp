// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "command.hpp"

namespace tmc::app {
namespace {

// "NAME=VALUE", or "VALUE" for all ports: then the name is empty. Names of tensors may hold an equals sign.
std::pair<std::string, std::string> split_port(const std::string& text) {
  const size_t equals = text.rfind('=');
  if (equals == std::string::npos) return {"", text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

struct NamedType {
  const char* name;
  DType dtype;
};

constexpr NamedType kTypes[] = {
    {"int8", DType::kI8}, {"uint8", DType::kU8}, {"int16", DType::kI16}, {"float32", DType::kF32}};

std::optional<DType> type_from_name(const std::string& text) {
  const auto* found = std::ranges::find_if(kTypes, [&](const NamedType& type) { return text == type.name; });
  return found == std::end(kTypes) ? std::nullopt : std::optional(found->dtype);
}

Status unknown_type(const char* option, const std::string& text, const char* more) {
  return error(Error::kBadUsage, "{} does not know the type '{}'", option, text)
      .with_hint(fmt::format("write int8, uint8, int16 or float32{}; or NAME=int8", more));
}

}  // namespace

void BorderArguments::add_to(Command& command) {
  const std::string group = "Inputs and outputs as the hardware has them";
  command
      .add_option("--input-type", input_types,
                  "TYPE or NAME=TYPE, of int8, uint8, int16, float32: what the model is given, in the scale and zero "
                  "point of model.hpp; or with --preprocess what a camera, a microphone or another sensor "
                  "delivers: pixels (bytes), rgb565, rgb565_swapped, yuyv, uyvy; samples (int16, a clip); stream "
                  "(int16, the new "
                  "samples of a sound that goes on); readings; may be repeated")
      ->group(group);
  command.add_option("--output-type", output_types, "TYPE or NAME=TYPE: the same of what the model gives")
      ->group(group);
  command
      .add_option("--input-layout", input_layouts,
                  "nhwc or NAME=nhwc: images are given with the channels of a pixel side by side; may be repeated")
      ->group(group);
}

Result<pipeline::BorderOptions> BorderArguments::options(const std::string& preprocess) const {
  pipeline::BorderOptions options;
  for (const std::string& argument : input_types) {
    const auto [port, text] = split_port(argument);
    if (const auto dtype = type_from_name(text)) {
      options.input_types[port] = *dtype;
    } else if (const auto camera = preprocess::camera_from_name(text)) {
      options.cameras[port] = *camera;
    } else if (text == "samples") {
      options.samples.insert(port);
    } else if (text == "stream") {
      options.streams.insert(port);
    } else if (text == "readings") {
      options.readings.insert(port);
    } else {
      return unknown_type("--input-type", text,
                          ", pixels, rgb565, rgb565_swapped, yuyv, uyvy, samples, stream or readings");
    }
  }
  for (const std::string& argument : output_types) {
    const auto [port, text] = split_port(argument);
    const auto dtype = type_from_name(text);
    if (!dtype) return unknown_type("--output-type", text, "");
    options.output_types[port] = *dtype;
  }
  for (const std::string& argument : input_layouts) {
    const auto [port, text] = split_port(argument);
    if (text != "nhwc") {
      return error(Error::kBadUsage, "--input-layout does not know '{}'", text)
          .with_hint("write nhwc, or NAME=nhwc; leave it out for the order of the file");
    }
    options.channels_last.insert(port);
  }
  options.preprocess = preprocess;
  return options;
}

}  // namespace tmc::app
