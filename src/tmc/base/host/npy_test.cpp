// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/npy.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/texts.hpp"

namespace tmc {
namespace {

NpyArray make(DType dtype, const Shape& shape) {
  NpyArray array{dtype, shape, {}};
  array.bytes.resize(static_cast<size_t>(shape.elements()) * dtype_bytes(dtype));
  for (size_t i = 0; i < array.bytes.size(); ++i) array.bytes[i] = static_cast<std::byte>(i * 7 % 2);
  return array;
}

Result<NpyArray> parse(const std::string& file) {
  return parse_npy(std::as_bytes(std::span(file)));
}

void expect_same(const NpyArray& a, const NpyArray& b) {
  EXPECT_EQ(a.dtype, b.dtype);
  EXPECT_TRUE(a.shape == b.shape);
  EXPECT_EQ(a.bytes, b.bytes);
}

std::string with_header(const std::string& header, size_t data_bytes) {
  std::string file = "\x93NUMPY";
  file += '\x01';
  file += '\0';
  file += static_cast<char>(header.size());
  file += '\0';
  return file + header + std::string(data_bytes, 'x');
}

TEST(Npy, ReadsBackWhatItWrites) {
  for (const DType dtype : {DType::kF32, DType::kI8, DType::kU8, DType::kI16, DType::kI64, DType::kBool, DType::kF64}) {
    for (const Shape& shape : {Shape{}, Shape::of(3), Shape::of(2, 3), Shape::of(1, 2, 3, 4)}) {
      const auto back = parse(to_npy(make(dtype, shape)));
      ASSERT_TRUE(back.ok()) << back.status().text();
      expect_same(*back, make(dtype, shape));
    }
  }
}

TEST(Npy, WritesTheHeaderThatNumpyWrites) {
  const std::string file = to_npy(make(DType::kF32, Shape::of(2, 3)));
  EXPECT_EQ(file.size(), 128 + 24);
  EXPECT_EQ(file.substr(10, 59), "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
  EXPECT_NE(to_npy(make(DType::kI8, Shape::of(5))).find("'shape': (5,)"), std::string::npos);
  EXPECT_NE(to_npy(make(DType::kI8, Shape{})).find("'shape': ()"), std::string::npos);
}

TEST(Npy, RefusesWhatItDoesNotTake) {
  const auto code = [](const std::string& header, size_t bytes) {
    return parse(with_header(header, bytes)).status().code();
  };
  EXPECT_EQ(code("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", 4), Error::kBadInput);
  EXPECT_EQ(code("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", 4), Error::kBadInput);
  EXPECT_EQ(code("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 4), Error::kBadInput);
  EXPECT_EQ(code("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4), }", 0), Error::kBadInput);
  EXPECT_EQ(code("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1), }", 4), Error::kBadInput);
  EXPECT_EQ(code("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 4), Error::kMalformed);
  EXPECT_EQ(code("{'descr': '<f4', 'fortran_order': False, 'shape': (1,", 4), Error::kMalformed);
  EXPECT_EQ(code("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", 4), Error::kMalformed);
  EXPECT_EQ(code("{'descr': '<f4', 'shape': (1,), }", 4), Error::kMalformed);
  EXPECT_EQ(code("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 0),
            Error::kMalformed);
}

TEST(Npy, SurvivesDamage) {
  const std::string good = to_npy(make(DType::kI16, Shape::of(4, 5)));
  for (size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(parse(good.substr(0, size)).ok()) << size;
  std::mt19937 rng(1);
  for (int round = 0; round < 2000; ++round) {
    std::string bad = good;
    bad[rng() % 90] = static_cast<char>(rng());
    const auto parsed = parse(bad);
    if (parsed.ok()) {
      EXPECT_EQ(parsed->bytes.size(), static_cast<size_t>(parsed->shape.elements()) * dtype_bytes(parsed->dtype));
    }
  }
}

TEST(Npz, ReadsBackWhatItWritesUnderAnyName) {
  const auto scratch = ScratchFolder::make();
  ASSERT_TRUE(scratch.ok());
  const auto path = scratch->path() / "arrays.npz";
  const std::map<std::string, NpyArray> arrays = {{"a/b:0", make(DType::kF32, Shape::of(2, 2))},
                                                  {"input", make(DType::kI8, Shape::of(7))}};
  ASSERT_TRUE(save_npz(path, arrays).ok());
  const auto back = load_npz(path);
  ASSERT_TRUE(back.ok()) << back.status().text();
  ASSERT_EQ(back->size(), 2U);
  for (const auto& [name, array] : arrays) expect_same(back->at(name), array);
}

TEST(Npz, MayHoldNothing) {
  const auto scratch = ScratchFolder::make();
  ASSERT_TRUE(scratch.ok());
  const auto path = scratch->path() / "none.npz";
  ASSERT_TRUE(save_npz(path, {}).ok());
  const auto back = load_npz(path);
  ASSERT_TRUE(back.ok()) << back.status().text();
  EXPECT_TRUE(back->empty());
}

// Sizes that lie among them: nothing is read beyond the file, and no memory taken that it does not fill.
TEST(Npz, ReadsBytesAndHoldsOutAgainstDamageAnywhere) {
  const auto scratch = ScratchFolder::make();
  ASSERT_TRUE(scratch.ok());
  const auto path = scratch->path() / "arrays.npz";
  const NpyArray array = make(DType::kI16, Shape::of(3, 5));
  ASSERT_TRUE(save_npz(path, {{"x", array}}).ok());
  auto content = read_file(path);
  ASSERT_TRUE(content.ok());
  const auto parse = [](std::string_view file) { return parse_npz(std::as_bytes(std::span(file))); };
  const auto back = parse(*content);
  ASSERT_TRUE(back.ok()) << back.status().text();
  expect_same(back->at("x"), array);
  EXPECT_EQ(parse("").status().code(), Error::kMalformed);
  int refused = 0;
  for (size_t at = 0; at < content->size(); ++at) {
    std::string damaged = *content;
    damaged[at] = static_cast<char>(~damaged[at]);
    refused += parse(damaged).ok() ? 0 : 1;
    EXPECT_FALSE(parse(content->substr(0, at)).ok()) << "cut at " << at;
  }
  EXPECT_GT(refused, 50);
}

TEST(Npz, RefusesDamageWithTheFilesName) {
  const auto scratch = ScratchFolder::make();
  ASSERT_TRUE(scratch.ok());
  const auto path = scratch->path() / "arrays.npz";
  ASSERT_TRUE(save_npz(path, {{"x", make(DType::kF32, Shape::of(64))}}).ok());
  auto content = read_file(path);
  ASSERT_TRUE(content.ok());
  ASSERT_TRUE(write_file(path, content->substr(0, content->size() - 10)).ok());
  EXPECT_EQ(load_npz(path).status().code(), Error::kMalformed);
  EXPECT_EQ(load_npz(path).status().file(), path.string());
  EXPECT_EQ(load_npz(scratch->path() / "absent.npz").status().code(), Error::kNotFound);
}

// Strings of bytes are as they lie, those of code points become UTF-8.
TEST(Npy, TextsOfBytesComeBack) {
  const std::vector<std::string> texts = {"ab", "", "abcd"};
  const NpyArray array{DType::kU8, Shape::of(3, 4), padded_texts(texts, 4), true};
  const std::string file = to_npy(array);
  EXPECT_NE(file.find("'|S4'"), std::string::npos);
  EXPECT_NE(file.find("(3,)"), std::string::npos);
  const auto read = parse_npy(std::as_bytes(std::span(file)));
  ASSERT_TRUE(read.ok()) << read.status().text();
  EXPECT_TRUE(read->text);
  EXPECT_EQ(read->shape, array.shape);
  EXPECT_EQ(read->bytes, array.bytes);
}

std::string file_of_code_points(const std::vector<uint32_t>& codes) {
  const auto bytes = std::as_bytes(std::span(codes));
  std::string file = to_npy({DType::kU32, Shape::of(codes.size() / 3, 3), {bytes.begin(), bytes.end()}});
  const auto replace = [&](std::string_view from, std::string_view to) { file.replace(file.find(from), 4, to); };
  replace("'<u4", "'<U3");
  const size_t shape = file.find("(2, 3)");
  file.replace(shape, 6, "(2,)  ");
  return file;
}

TEST(Npy, TextsOfCodePointsBecomeUtf8) {
  const std::string file = file_of_code_points({'a', 0xe4, 0, 0x65e5, 0, 0});
  const auto read = parse_npy(std::as_bytes(std::span(file)));
  ASSERT_TRUE(read.ok()) << read.status().text();
  EXPECT_TRUE(read->text);
  EXPECT_EQ(read->dtype, DType::kU8);
  EXPECT_EQ(read->shape, Shape::of(2, 3));
  EXPECT_EQ(read->bytes, padded_texts(std::vector<std::string>{"a\u00e4", "\u65e5"}, 3));
}

TEST(Npy, WhatIsNoCodePointIsRefused) {
  for (const uint32_t code : {0xd800U, 0x110000U}) {
    const std::string file = file_of_code_points({'a', code, 0, 0, 0, 0});
    EXPECT_EQ(parse_npy(std::as_bytes(std::span(file))).status().code(), Error::kMalformed);
  }
}

}  // namespace
}  // namespace tmc
