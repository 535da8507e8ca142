// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/image/write.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <span>
#include <string>

#include "tmc/base/host/sha256.hpp"
#include "tmc/image/image.hpp"
#include "tmc/program/kernel_form.hpp"

namespace tmc::backend::image {
namespace {

namespace format = tmc::image;
using format::Table;

template <typename T>
uint32_t u32(T value) {
  return static_cast<uint32_t>(value);
}

uint64_t aligned(uint64_t bytes, uint64_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

// Names, each once.
class Text {
 public:
  uint32_t at(const std::string& name) {
    const std::string visible = name.substr(0, name.find('\0'));
    const auto [place, is_new] = places_.try_emplace(visible, u32(bytes_.size()));
    if (is_new) bytes_.append(visible).push_back('\0');
    return place->second;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::map<std::string, uint32_t> places_;
  std::string bytes_;
};

// The tables, as vectors of records.
class Tables {
 public:
  Tables(const program::Program& program, Names names) : program_(program), names_(names) {
    header_.model_name = text_.at(program.name);
    header_.target_name = text_.at(program.target);
    add_memory();
    for (const program::Loop& loop : program.loops) loops_.push_back({u32(loop.trips)});
    for (const program::Step& step : program.steps) add_step(step);
    for (int32_t i = 0; i < std::ssize(program.tensors); ++i)
      add_tensor(program.tensors[static_cast<size_t>(i)], is_port(i));
    for (const int32_t input : program.inputs) inputs_.push_back(u32(input));
    for (const int32_t output : program.outputs) outputs_.push_back(u32(output));
  }

  // Header, tables and constants.
  std::vector<std::byte> bytes() {
    std::vector<std::byte> image(sizeof(format::Header));
    append(image, Table::kRegions, regions_);
    append(image, Table::kBuffers, buffers_);
    append(image, Table::kConstants, constants_);
    append(image, Table::kKernels, kernels_);
    append(image, Table::kLoops, loops_);
    append(image, Table::kSteps, steps_);
    append(image, Table::kOperands, operands_);
    append(image, Table::kWords, words_);
    append(image, Table::kTensors, tensors_);
    append(image, Table::kExtents, extents_);
    append(image, Table::kScales, scales_);
    append(image, Table::kInputs, inputs_);
    append(image, Table::kOutputs, outputs_);
    append(image, Table::kText, std::span(text_.bytes()));
    image.resize(aligned(image.size(), format::kImageAlignBytes));
    header_.constants_offset = u32(image.size());
    append_constants(image);
    finish_header(image);
    return image;
  }

 private:
  bool is_port(int32_t tensor) const {
    const auto holds = [tensor](const std::vector<int32_t>& list) {
      return std::ranges::find(list, tensor) != list.end();
    };
    return holds(program_.inputs) || holds(program_.outputs);
  }

  // A name that only people read; without it a number, the same for the same name, since stripes of a node are told by
  // that.
  uint32_t inner_name(const std::string& name) {
    if (names_ == Names::kAll) return text_.at(name);
    const auto [place, is_new] = numbers_.try_emplace(name, numbers_.size());
    return text_.at(std::to_string(place->second));
  }

  void add_memory() {
    for (const program::Region& region : program_.regions) {
      regions_.push_back({text_.at(region.name), u32(region.used_bytes)});
    }
    for (const program::Buffer& buffer : program_.buffers) {
      buffers_.push_back(
          {inner_name(buffer.name), u32(buffer.kind), u32(buffer.region), u32(buffer.offset), u32(buffer.bytes)});
    }
    uint64_t offset = 0;
    for (const program::Constant& constant : program_.constants) {
      const size_t bytes = constant.blob.bytes.size();
      constants_.push_back({inner_name(constant.name), u32(offset), u32(bytes),
                            static_cast<uint8_t>(constant.blob.dtype), constant.blob.is_table, constant.pinned, 0});
      offset += aligned(bytes, format::kConstantAlignBytes);
    }
  }

  uint32_t kernel_of(const program::Step& step) {
    const auto [place, is_new] = kernel_places_.try_emplace(step.implementation, u32(kernels_.size()));
    if (is_new) {
      kernels_.push_back({text_.at(step.implementation->label()), static_cast<uint16_t>(step.params.size()),
                          static_cast<uint16_t>(step.operands.size()), program::kernel_form(*step.implementation)});
    }
    return place->second;
  }

  // Stripes and the trips of unrolled loops have the same Params: words are there once.
  uint32_t words_of(const program::Step& step) {
    const auto [place, is_new] = word_places_.try_emplace(step.params, u32(words_.size()));
    if (is_new) words_.insert(words_.end(), step.params.begin(), step.params.end());
    return place->second;
  }

  void add_step(const program::Step& step) {
    const auto macs = static_cast<uint64_t>(step.macs);
    steps_.push_back({kernel_of(step), words_of(step), u32(operands_.size()), u32(step.loop), inner_name(step.name),
                      text_.at(step.op), u32(step.stripe), u32(macs), u32(macs >> 32)});
    const int32_t trips = program::trips_of(program_, step);
    for (const program::Operand& operand : step.operands) {
      operands_.push_back({u32(operand.kind), u32(operand.index), u32(program::begin_of(operand, 0, trips)),
                           u32(operand.bytes), static_cast<int32_t>(operand.advance_bytes)});
    }
  }

  void add_tensor(const program::Tensor& tensor, bool is_port) {
    const Quantization& quantization = tensor.quantization;
    const auto name = [&](const std::string& text) { return is_port ? text_.at(text) : inner_name(text); };
    const uint32_t original = tensor.channels_last_of.empty() ? format::kAbsent : name(tensor.channels_last_of);
    tensors_.push_back({name(tensor.name), original, u32(tensor.buffer), u32(tensor.byte_offset), u32(tensor.step),
                        u32(extents_.size()), u32(scales_.size()), u32(quantization.scales.size()),
                        static_cast<uint8_t>(tensor.dtype), static_cast<uint8_t>(tensor.shape.rank()),
                        static_cast<int8_t>(quantization.axis), 0});
    for (const int64_t extent : tensor.shape) extents_.push_back(static_cast<int32_t>(extent));
    for (size_t i = 0; i < quantization.scales.size(); ++i) {
      scales_.push_back({quantization.scales[i], quantization.zero_points[i]});
    }
  }

  template <typename Records>
  void append(std::vector<std::byte>& image, Table table, const Records& records) {
    image.resize(aligned(image.size(), 4));
    header_.tables[u32(table)] = {u32(image.size()), u32(records.size())};
    const auto bytes = std::as_bytes(std::span(records));
    image.insert(image.end(), bytes.begin(), bytes.end());
  }

  void append_constants(std::vector<std::byte>& image) const {
    for (const program::Constant& constant : program_.constants) {
      image.insert(image.end(), constant.blob.bytes.begin(), constant.blob.bytes.end());
      image.resize(header_.constants_offset +
                   aligned(image.size() - header_.constants_offset, format::kConstantAlignBytes));
    }
  }

  void finish_header(std::vector<std::byte>& image) {
    std::ranges::copy(format::kMagic, header_.magic);
    header_.major = format::kMajor;
    header_.minor = format::kMinor;
    header_.header_bytes = sizeof(format::Header);
    header_.file_bytes = u32(image.size());
    header_.state_buffer = u32(program_.state_buffer);
    header_.initial_state = u32(program_.initial_state);
    header_.flags = program_.keep_inputs ? format::kKeepsInputs : 0;
    const auto constants = std::span(image).subspan(header_.constants_offset);
    const std::string digest = sha256_hex({reinterpret_cast<const char*>(constants.data()), constants.size()});
    for (size_t i = 0; i < sizeof(header_.constants_sha256); ++i) {
      header_.constants_sha256[i] = static_cast<uint8_t>(std::stoi(digest.substr(2 * i, 2), nullptr, 16));
    }
    std::memcpy(image.data(), &header_, sizeof(header_));
    header_.tables_crc32 =
        format::Image::checksum(reinterpret_cast<const uint8_t*>(image.data()), header_.constants_offset);
    std::memcpy(image.data(), &header_, sizeof(header_));
  }

  const program::Program& program_;
  Names names_;
  format::Header header_ = {};
  Text text_;
  std::map<const kernels::ImplementationInfo*, uint32_t> kernel_places_;
  std::map<std::string, size_t> numbers_;
  std::map<std::vector<int32_t>, uint32_t> word_places_;
  std::vector<format::Region> regions_;
  std::vector<format::Buffer> buffers_;
  std::vector<format::Constant> constants_;
  std::vector<format::Kernel> kernels_;
  std::vector<format::Loop> loops_;
  std::vector<format::Step> steps_;
  std::vector<format::Operand> operands_;
  std::vector<int32_t> words_;
  std::vector<format::Tensor> tensors_;
  std::vector<int32_t> extents_;
  std::vector<format::Scale> scales_;
  std::vector<uint32_t> inputs_, outputs_;
};

// Whether everything has a place in 32 bits: constants in the file, and what regions and tensors count.
bool fits(const program::Program& program) {
  constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
  int64_t constants = 0;
  for (const program::Constant& constant : program.constants) constants += std::ssize(constant.blob.bytes) + 16;
  const auto is_small = [&](const program::Region& region) { return region.used_bytes <= kMost; };
  return constants <= kMost && std::ranges::all_of(program.regions, is_small);
}

}  // namespace

Result<std::vector<std::byte>> write(const program::Program& program, Names names) {
  TMC_TRY(program::verify(program, /*placed=*/true));
  for (const program::Step& step : program.steps) {
    if (step.implementation->foreign == nullptr) continue;
    return error(Error::kUnsupportedOp, "a model image cannot carry the code of operator '{}'", step.op)
        .at_node(step.name)
        .with_hint("compile to C++ sources, which hold it");
  }
  if (!fits(program)) return error(Error::kDoesNotFit, "a model image holds at most 2 GiB of constants and of memory");
  return Tables(program, names).bytes();
}

}  // namespace tmc::backend::image
