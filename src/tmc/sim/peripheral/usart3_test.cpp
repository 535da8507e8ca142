// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr uint32_t kTxe = 1U << 7, kTc = 1U << 6;

struct Usart3Test : testing::Test, ChipBench {
  std::string sent;

  Usart3Test() {
    chip.listen([this](std::string_view, uint8_t byte) { sent += static_cast<char>(byte); });
    set("RCC.APB1LENR", 1U << 18);
    write("USART3.BRR", 556);  // 115200 baud of 64 MHz: a character takes 5560 cycles
  }
  void open() { write("USART3.CR1", 1U << 0 | 1U << 3); }
};

TEST_F(Usart3Test, SendsCharactersOneAfterTheOther) {
  open();
  write("USART3.TDR", 'a');
  EXPECT_EQ(read("USART3.ISR") & (kTxe | kTc), kTxe);
  write("USART3.TDR", 'b');
  EXPECT_EQ(read("USART3.ISR") & (kTxe | kTc), 0U);
  run(5559);
  EXPECT_EQ(sent, "");
  run(1);
  EXPECT_EQ(sent, "a");
  EXPECT_EQ(read("USART3.ISR") & (kTxe | kTc), kTxe);
  run(5560);
  EXPECT_EQ(sent, "ab");
  EXPECT_EQ(read("USART3.ISR") & (kTxe | kTc), kTxe | kTc);
  EXPECT_TRUE(log.empty());
}

TEST_F(Usart3Test, LosesWhatIsWrittenTooEarly) {
  open();
  for (const char letter : {'a', 'b', 'c'}) write("USART3.TDR", static_cast<uint8_t>(letter));
  run(20000);
  EXPECT_EQ(sent, "ac");
  EXPECT_THAT(log, Contains(HasSubstr("lost")));
}

TEST_F(Usart3Test, IsSilentWhileItIsOff) {
  write("USART3.TDR", 'a');
  run(20000);
  EXPECT_EQ(sent, "");
  EXPECT_THAT(log, Contains(HasSubstr("UE or TE")));
}

TEST_F(Usart3Test, InterruptsWhenACharacterHasLeft) {
  write("USART3.CR1", 1U << 0 | 1U << 3 | kTc);
  chip.exceptions().set_pending(16 + 39, false);
  write("USART3.ICR", kTc);
  write("USART3.TDR", 'a');
  run(5559);
  EXPECT_FALSE(pends(39));
  run(1);
  EXPECT_TRUE(pends(39));
}

TEST_F(Usart3Test, KeepsTheFormOfACharacterWhileItIsOn) {
  open();
  set("USART3.CR1", 1U << 12);
  EXPECT_EQ(read("USART3.CR1") & 1U << 12, 0U);
  EXPECT_FALSE(log.empty());
}

}  // namespace
}  // namespace tmc::sim
