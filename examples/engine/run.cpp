// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
//
// run_cpp MODEL.tmci INPUT.raw OUTPUT.raw: the first input's bytes from a file, the first output's to another one. The
// run is one of a pool's, and reads and writes the vectors themselves.
#include <fstream>
#include <iostream>
#include <iterator>
#include <tinymlc/engine.hpp>
#include <vector>

namespace {

int complain(const tinymlc::Status& status) {
  std::cerr << status.message << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::cerr << "run_cpp MODEL.tmci INPUT.raw OUTPUT.raw\n", 2;

  auto model = tinymlc::Model::load(argv[1]);
  if (!model) return complain(model.status());
  auto context = model->create_context();
  if (!context) return complain(context.status());
  auto pool = tinymlc::Pool::create(2);
  if (!pool) return complain(pool.status());

  std::ifstream from(argv[2], std::ios::binary);
  const std::vector<char> input{std::istreambuf_iterator<char>(from), {}};
  std::vector<char> output(model->output(0).bytes);
  bool is_copied = false;
  if (auto status = context->bind_input(0, input.data(), input.size(), &is_copied); !status) return complain(status);
  if (auto status = context->bind_output(0, output.data(), output.size()); !status) return complain(status);
  if (auto status = context->start(*pool); !status) return complain(status);
  if (auto status = context->wait(); !status) return complain(status);
  std::ofstream(argv[3], std::ios::binary).write(output.data(), static_cast<std::streamsize>(output.size()));
  std::cout << model->info().name << ": the input is " << (is_copied ? "copied" : "read where it lies") << "\n";
  return 0;
}
