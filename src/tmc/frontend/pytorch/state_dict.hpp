// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tensors of a PyTorch state dictionary, as torch.save(model.state_dict(), FILE) writes it since PyTorch 1.6: a zip
// archive of a pickle and the tensors' bytes. Quantised tensors come with scale and zero point, per tensor or along an
// axis; quint8 ones as int8 (q - 128). The packed weight and bias of a quantised linear layer NAME come as NAME.weight
// and NAME.bias, numbers as tensors of rank 0. A dictionary under the key "state_dict" or "model" of a checkpoint
// counts as the file's.
//
// The file is untrusted (zip_archive.hpp, pickle.hpp), sizes are checked before memory is taken, and nothing of it is
// run. Errors name the entry and the hint: kMalformed, kUnsupportedType. The bytes are copied.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/frontend/pytorch/bytes.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend::pytorch {

struct StateTensor {
  std::string name;
  ops::TensorType type;
  ir::TensorData data;
  Quantization quantization;
};

class StateDict {
 public:
  static Result<StateDict> parse(FileBytes file);

  // In the order of the file, which is that of registration in the model.
  const std::vector<StateTensor>& tensors() const { return tensors_; }
  // Null where there is none.
  const StateTensor* find(std::string_view name) const;
  // The one element of a tensor; nothing where there is none, or more elements.
  std::optional<double> number(std::string_view name) const;

 private:
  friend class StateDictReader;

  std::vector<StateTensor> tensors_;
};

}  // namespace tmc::frontend::pytorch
