// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A custom operator as the rest of the compiler meets it: to a graph it is a shape rule, to a program the
// implementation `custom/NAME` of a kernel of its own. The words of that kernel's Params are
//
//   scratch_bytes, shared_input (of which the output may have the bytes, or -1), instructions (as the description
//   estimates them), output_bytes and input_bytes of every port, and a word for each number that the function is
//   passed.
//
// Immutable. Programs point to an operator's implementation, so operators that were loaded live for ever (load.hpp).

#include <memory>

#include "tmc/base/host/quantization.hpp"
#include "tmc/custom/description.hpp"
#include "tmc/custom/host_library.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::custom {

// A file that the header includes, or the header itself; the path is below the folder of the description.
struct SourceFile {
  std::string path, text;
};

class Operator final : public ops::CustomRule, public kernels::ForeignCode {
 public:
  Operator(Description description, std::vector<SourceFile> sources);
  Operator(const Operator&) = delete;

  const Description& description() const { return description_; }
  const kernels::ImplementationInfo& implementation() const { return implementation_; }

  ops::Inferred infer(const ops::CustomValues& values, const ops::InferInputs& inputs) const override;
  // Of the kernel's Params. `quantizations` are of the inputs and then of the outputs, `instance` what `instantiate`
  // makes of the inputs. kUnsupportedType where the function asks for a scale that a port has not.
  Result<std::vector<int32_t>> words(const ops::CustomValues& values, const Instance& instance,
                                     const ops::InferInputs& inputs,
                                     std::span<const Quantization* const> quantizations) const;

  const EmbeddedFile& adapter() const override { return adapter_; }
  std::span<const EmbeddedFile> files() const override { return files_; }
  Result<Function> load() const override { return library_.load(*this); }

 private:
  void describe_kernel();
  // Of a number that the function is passed.
  Result<int32_t> argument_word(const Argument& argument, const ops::CustomValues& values, const Numbers& numbers,
                                std::span<const Quantization* const> quantizations) const;

  const Description description_;
  const std::vector<SourceFile> sources_;
  std::vector<std::string> texts_;  // that the views below show; reserved, so that none moves
  EmbeddedFile adapter_;
  std::vector<EmbeddedFile> files_;
  std::vector<kernels::ParamInfo> params_;
  std::vector<kernels::BufferInfo> buffers_;
  std::vector<kernels::BufferType> types_;
  kernels::KernelInfo kernel_ = {};
  kernels::ImplementationInfo implementation_ = {};
  HostLibrary library_;
};

}  // namespace tmc::custom
