// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/data/input_files.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tmc/base/host/element.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/table.hpp"
#include "tmc/data/sample_data.hpp"
#include "tmc/data/table_rows.hpp"
#include "tmc/data/text_ports.hpp"
#include "tmc/preprocess/features.hpp"

namespace tmc::data {
namespace {

using preprocess::ImageSpec;
using preprocess::Spec;
using program::Tensor;

const Tensor& input_of(const Model& model, size_t index) {
  return model.program.tensors[static_cast<size_t>(model.program.inputs[index])];
}

Result<const Tensor*> find_input(const Model& model, const std::string& name) {
  const size_t count = model.program.inputs.size();
  if (name.empty() && count == 1) return &input_of(model, 0);
  std::string names;
  for (size_t i = 0; i < count; ++i) {
    if (input_of(model, i).name == name) return &input_of(model, i);
    names += " '" + input_of(model, i).name + "'";
  }
  if (name.empty()) {
    return error(Error::kBadUsage, "the model has {} inputs: it must be said for which a file is", count)
        .with_hint("write --input NAME=FILE; the inputs are" + names);
  }
  return error(Error::kBadInput, "the model has no input '{}', but{}", name, names);
}

struct ImageExtents {
  int64_t height = 0, width = 0, channels = 0;
};

// Of [1, height, width, channels] or [1, channels, height, width], with or without the first.
Result<ImageExtents> image_extents(const Tensor& tensor, const ImageSpec& spec) {
  const Shape& shape = tensor.shape;
  const int rank = static_cast<int>(shape.rank());
  const bool batched = rank == 4 && shape[0] == 1;
  if (rank != 3 && !batched) {
    return error(Error::kBadInput, "input '{}' of rank {} is no single image", tensor.name, rank);
  }
  const int first = rank - 3;
  const ImageExtents extents = spec.channels_first ? ImageExtents{shape[first + 1], shape[first + 2], shape[first]}
                                                   : ImageExtents{shape[first], shape[first + 1], shape[first + 2]};
  const int64_t wanted = spec.color == ImageSpec::Color::kGray ? 1 : 3;
  if (extents.channels != wanted) {
    return error(Error::kBadInput, "input '{}' has {} channels, the preprocessing makes {}", tensor.name,
                 extents.channels, wanted)
        .with_hint("set color to gray for one channel, rgb or bgr for three; or layout to nchw");
  }
  return extents;
}

double element_of(double real, const Tensor& tensor, preprocess::Units units) {
  if (dtype_is_float(tensor.dtype)) return real;
  double value = real;
  const Quantization& quantization = tensor.quantization;
  if (units == preprocess::Units::kReal && !quantization.empty()) {
    value = real / static_cast<double>(quantization.scale()) + quantization.zero_point();
  }
  return std::clamp(std::round(value), static_cast<double>(dtype_min(tensor.dtype)),
                    static_cast<double>(dtype_max(tensor.dtype)));
}

Result<NpyArray> to_input(const std::vector<double>& reals, const Tensor& tensor, preprocess::Units units) {
  if (std::ssize(reals) != tensor.shape.elements()) {
    return error(Error::kBadInput, "input '{}' takes {} elements, the preprocessing makes {}", tensor.name,
                 tensor.shape.elements(), reals.size());
  }
  NpyArray array{tensor.dtype, tensor.shape, std::vector<std::byte>(static_cast<size_t>(tensor.bytes()))};
  std::byte* to = array.bytes.data();
  for (const double real : reals) {
    store_element(tensor.dtype, element_of(real, tensor, units), to);
    to += dtype_bytes(tensor.dtype);
  }
  return array;
}

Status needs(const char* what) {
  return error(Error::kBadUsage, "nothing says how {} becomes the model's input", what)
      .with_hint(fmt::format("pass --preprocess FILE.yaml with the part '{}'; see docs/preprocessing.md", what));
}

Result<NpyArray> load_image(const std::string& file, const Tensor& tensor, const Spec* spec) {
  if (spec == nullptr || !spec->image) return needs("image");
  TMC_ASSIGN(const ImageExtents extents, image_extents(tensor, *spec->image));
  TMC_ASSIGN(const preprocess::Image image, preprocess::decode_image(file));
  return to_input(preprocess::image_features(image, *spec->image, extents.height, extents.width), tensor,
                  spec->image->units);
}

Result<NpyArray> load_sound(const std::string& file, const Tensor& tensor, const Spec* spec) {
  if (spec == nullptr || !spec->sound) return needs("sound");
  TMC_ASSIGN(const preprocess::Sound sound, preprocess::decode_sound(file));
  TMC_ASSIGN(const std::vector<double> reals, preprocess::sound_features(sound, *spec->sound));
  return to_input(reals, tensor, spec->sound->units);
}

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
  return extension;
}

bool is_sound(const std::filesystem::path& path) {
  return lower_extension(path) == ".wav";
}

// Another file of the same input: its samples behind those that are there.
Status append(const NpyArray& more, const Tensor& tensor, NpyArray& to) {
  int64_t samples = 0;
  for (const NpyArray* array : {static_cast<const NpyArray*>(&to), &more}) {
    TMC_ASSIGN(const int64_t count,
               count_samples(tensor.name, {tensor.dtype, tensor.shape}, {array->dtype, array->shape}));
    samples += count;
  }
  to.bytes.insert(to.bytes.end(), more.bytes.begin(), more.bytes.end());
  Shape stacked = Shape::of(samples);
  for (const int64_t extent : tensor.shape) {
    if (!stacked.push_back(extent)) return error(Error::kBadInput, "input '{}' has too many axes", tensor.name);
  }
  to.shape = stacked;
  return {};
}

// What a microphone would have delivered: a clip, cut or filled up with zeros, or all whole inputs of a stream.
Result<NpyArray> load_heard(const std::filesystem::path& path, const Tensor& tensor,
                            const preprocess::SoundSpec& spec) {
  TMC_ASSIGN(const std::string file, read_file(path));
  TMC_ASSIGN(const preprocess::Sound sound, preprocess::decode_sound(file));
  const int64_t count = tensor.shape.elements();
  const int64_t inputs = count == spec.samples ? 1 : std::max<int64_t>(1, std::ssize(sound.samples) / count);
  preprocess::SoundSpec plain{.as_samples = true, .sample_rate_hz = spec.sample_rate_hz, .samples = inputs * count};
  TMC_ASSIGN(const std::vector<double> reals, preprocess::sound_features(sound, plain));
  NpyArray array{tensor.dtype, Shape::of(inputs, count), {}};
  array.bytes.resize(reals.size() * dtype_bytes(tensor.dtype));
  for (size_t i = 0; i < reals.size(); ++i) {
    store_element(tensor.dtype, element_of(reals[i], tensor, preprocess::Units::kReal),
                  &array.bytes[i * dtype_bytes(tensor.dtype)]);
  }
  return array;
}

// The spec is of the file's model; the program may take the channels of images last.
Spec fitted_to(const Model& model, const Tensor& input, Spec spec) {
  const auto port = model.file_ports.find(input.name);
  if (spec.image && port != model.file_ports.end() && port->second.channels_moved) {
    spec.image->channels_first = false;
  }
  return spec;
}

// A picture as the camera would have delivered it.
Result<NpyArray> load_pixels(const std::filesystem::path& path, const Tensor& tensor, const FilePort::Pixels& pixels,
                             ImageSpec spec) {
  TMC_ASSIGN(const std::string file, read_file(path));
  TMC_ASSIGN(const preprocess::Image image, preprocess::decode_image(file));
  spec.channels_first = false;
  spec.scale = {1};
  spec.offset = {0};
  const std::vector<double> reals = preprocess::image_features(image, spec, tensor.shape[1], tensor.shape[2]);
  const auto bytes = preprocess::to_camera({reals.begin(), reals.end()}, pixels.camera, pixels.color);
  const auto raw = std::as_bytes(std::span(bytes));
  return NpyArray{tensor.dtype, tensor.shape, {raw.begin(), raw.end()}};
}

Result<NpyArray> load_program_sample(const Model& model, const std::filesystem::path& path, const Tensor& tensor,
                                     const Spec* spec) {
  const auto port = model.file_ports.find(tensor.name);
  const bool is_picture = is_recording(path) && !is_sound(path);
  if (is_picture && spec && spec->image && port != model.file_ports.end() && port->second.pixels) {
    return load_pixels(path, tensor, *port->second.pixels, *spec->image);
  }
  if (is_sound(path) && spec && spec->sound && model.input_is_sound && tensor.dtype == DType::kI16) {
    return load_heard(path, tensor, *spec->sound);
  }
  const std::optional<Spec> fitted = spec ? std::optional(fitted_to(model, tensor, *spec)) : std::nullopt;
  return load_sample(path, tensor, fitted ? &*fitted : nullptr);
}

Status add_array(const Model& model, NpyArray array, const Tensor& tensor, NamedArrays& arrays) {
  TMC_ASSIGN(array, fitted_texts(model, tensor, std::move(array)));
  const auto found = arrays.find(tensor.name);
  if (found != arrays.end()) return append(array, tensor, found->second);
  arrays[tensor.name] = std::move(array);
  return {};
}

Status load_file(const Model& model, const InputFile& file, const Spec* spec, NamedArrays& arrays) {
  if (lower_extension(file.path) == ".npz") {
    TMC_ASSIGN(auto loaded, load_npz(file.path));
    for (auto& [name, array] : loaded) array = widened(std::move(array));
    arrays.merge(loaded);
    return {};
  }
  if (is_table(file.path)) {
    TMC_ASSIGN(const Table table, load_table(file.path));
    TMC_ASSIGN(NamedArrays loaded, inputs_of_table(model, table, file.name));
    for (auto& [name, array] : loaded) {
      TMC_ASSIGN(const Tensor* tensor, find_input(model, name));
      TMC_TRY(add_array(model, std::move(array), *tensor, arrays));
    }
    return {};
  }
  TMC_ASSIGN(const Tensor* tensor, find_input(model, file.name));
  TMC_ASSIGN(NpyArray array, load_program_sample(model, file.path, *tensor, spec));
  return add_array(model, std::move(array), *tensor, arrays);
}

const Tensor& first_output(const Model& model) {
  return model.program.tensors[static_cast<size_t>(model.program.outputs.front())];
}

Status check_labels(const Model& model, const std::vector<std::string>& labels) {
  const Tensor& output = first_output(model);
  if (std::ssize(labels) == output.shape.elements()) return {};
  return error(Error::kBadInput, "there are {} labels, output '{}' has {} elements", labels.size(), output.name,
               output.shape.elements());
}

using backend::cpp::HeaderConstant;

void add_image(const ImageSpec& image, const FilePort::Pixels* pixels, std::vector<HeaderConstant>& constants) {
  constants.push_back(
      {"kInput0Color", "order of an image's channels", std::string(preprocess::color_name(image.color))});
  if (pixels) {
    constants.push_back({"kInput0PixelFormat", "what a camera delivers is the input: nothing lies between",
                         std::string(preprocess::camera_name(pixels->camera))});
    return;
  }
  constants.push_back({"kInput0ChannelsFirst", "1: [channels, height, width]", int64_t{image.channels_first}});
  constants.push_back(
      {"kInput0PixelScale", "a channel is pixel * scale + offset: one for all, or one each", image.scale});
  constants.push_back({"kInput0PixelOffset", "", image.offset});
}

void add_pcan(const preprocess::PcanSpec& pcan, std::vector<HeaderConstant>& constants) {
  constants.push_back({"kInput0PcanEvenSmoothing", "of the noise of bands 0, 2, ...", pcan.even_smoothing});
  constants.push_back({"kInput0PcanOddSmoothing", "of bands 1, 3, ...", pcan.odd_smoothing});
  constants.push_back({"kInput0PcanMinSignalRemaining", "of a band without its noise", pcan.min_signal_remaining});
  constants.push_back({"kInput0PcanStrength", "a gain is (noise + offset)^-strength", pcan.strength});
  constants.push_back({"kInput0PcanOffset", "in steps of int16 samples", pcan.offset});
  constants.push_back({"kInput0PcanSmoothingBits", "", pcan.smoothing_bits});
  constants.push_back({"kInput0PcanGainBits", "", pcan.gain_bits});
}

void add_bands(const preprocess::SoundSpec& sound, std::vector<HeaderConstant>& constants) {
  constants.push_back({"kInput0WindowSamples", "periodic Hann window", sound.window_samples});
  constants.push_back({"kInput0HopSamples", "", sound.hop_samples});
  constants.push_back({"kInput0FftPoints", "", sound.fft_points});
  constants.push_back({"kInput0MelBands", "triangles on the HTK mel scale", sound.mel_bands});
  constants.push_back({"kInput0MelLowHz", "", sound.mel_low_hz});
  constants.push_back({"kInput0MelHighHz", "", sound.mel_high_hz});
  constants.push_back(
      {"kInput0NormalizeBands", "1: the loudest band of a clip becomes 1", int64_t{sound.normalize_bands}});
  if (sound.pcan) add_pcan(*sound.pcan, constants);
  constants.push_back({"kInput0Floor", "added before the logarithm of base 10", sound.floor});
  constants.push_back({"kInput0Coefficients", "of the DCT-II; 0: the logarithms of the bands", sound.coefficients});
}

void add_sound(const preprocess::SoundSpec& sound, std::vector<HeaderConstant>& constants) {
  constants.push_back({"kInput0SampleRateHz", "", sound.sample_rate_hz});
  constants.push_back({"kInput0ClipSamples", "", sound.samples});
  constants.push_back(
      {"kInput0NormalizePeak", "1: the loudest sample of a clip becomes 1", int64_t{sound.normalize_peak}});
  constants.push_back({"kInput0PreEmphasis", "s[i] - this * s[i - 1]", sound.pre_emphasis});
  if (!sound.as_samples) add_bands(sound, constants);
  constants.push_back({"kInput0FeatureMean", "(x - mean) / deviation: one for all, or one each", sound.mean});
  constants.push_back({"kInput0FeatureDeviation", "", sound.deviation});
}

void add_sensor(const Spec& spec, std::vector<HeaderConstant>& constants) {
  if (spec.sensor) {
    constants.push_back({"kFeatureNames", "of the elements of 'features', or of what the model takes",
                         preprocess::feature_names(*spec.sensor)});
    constants.push_back({"kInput0SampleRateHz", "", spec.sensor->sample_rate_hz});
    constants.push_back({"kInput0WindowSamples", "readings [window, channels]: the channels of a time side by side",
                         spec.sensor->window_samples});
    constants.push_back({"kInput0Channels", "", spec.sensor->channels});
  }
  if (spec.anomaly && spec.anomaly->threshold) {
    constants.push_back({"kAnomalyThreshold", "above it the output 'anomaly' counts as one", *spec.anomaly->threshold});
  }
}

}  // namespace

NpyArray widened(NpyArray array) {
  if (array.dtype != DType::kF16) return array;
  NpyArray wide{DType::kF32, array.shape, std::vector<std::byte>(2 * array.bytes.size())};
  for (size_t at = 0; at < array.bytes.size(); at += 2) {
    store_element(DType::kF32, load_element(DType::kF16, &array.bytes[at]), &wide.bytes[2 * at]);
  }
  return wide;
}

bool is_recording(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  return extension == ".png" || extension == ".jpg" || extension == ".jpeg" || is_sound(path);
}

Result<NpyArray> load_sample(const std::filesystem::path& path, const Tensor& tensor, const Spec* spec) {
  if (!is_recording(path)) {
    TMC_ASSIGN(NpyArray array, load_npy(path));
    return widened(std::move(array));
  }
  TMC_ASSIGN(const std::string file, read_file(path));
  return is_sound(path) ? load_sound(file, tensor, spec) : load_image(file, tensor, spec);
}

Result<NamedArrays> load_input_files(const Model& model, std::span<const InputFile> files, const Spec* spec) {
  NamedArrays arrays;
  for (const InputFile& file : files) {
    Status status = load_file(model, file, spec, arrays);
    if (!status.ok()) return std::move(status).in_file(file.path.string());
  }
  return with_fitted_texts(model, named_as_inputs(model, std::move(arrays)));
}

Result<std::vector<Class>> top_classes(const Model& model, const Ports& outputs, const std::vector<std::string>& labels,
                                       size_t count) {
  TMC_TRY(check_labels(model, labels));
  const Tensor& output = first_output(model);
  std::vector<Class> classes;
  for (size_t i = 0; i < labels.size(); ++i) {
    double value =
        load_element(output.dtype, outputs.front().data() + i * static_cast<size_t>(dtype_bytes(output.dtype)));
    if (!output.quantization.empty() && !output.quantization.per_axis()) {
      value = output.quantization.scale() * (value - output.quantization.zero_point());
    }
    classes.push_back({labels[i], value});
  }
  std::ranges::stable_sort(classes, std::greater<>(), &Class::confidence);
  classes.resize(std::min(count, classes.size()));
  return classes;
}

Result<std::vector<HeaderConstant>> header_constants(const Model& model, const Spec& spec) {
  std::vector<HeaderConstant> constants;
  if (!spec.labels.empty()) {
    TMC_TRY(check_labels(model, spec.labels));
    constants.push_back({"kLabels", "names of the elements of output 0", spec.labels});
  }
  if (spec.image) {
    const Tensor& input = input_of(model, 0);
    const Spec fitted = fitted_to(model, input, spec);
    const auto port = model.file_ports.find(input.name);
    const bool is_camera = port != model.file_ports.end() && port->second.pixels;
    if (!is_camera) TMC_TRY(image_extents(input, *fitted.image).status());
    add_image(*fitted.image, is_camera ? &*port->second.pixels : nullptr, constants);
  }
  if (spec.sound) add_sound(*spec.sound, constants);
  add_sensor(spec, constants);
  return constants;
}

}  // namespace tmc::data
