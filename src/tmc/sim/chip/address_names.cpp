// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/address_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace tmc::sim {
namespace {

struct Block {
  uint32_t base;
  uint32_t bytes;
  std::string_view name;
};

// Sorted by address.
constexpr Block kBlocks[] = {
    {0x40000000, 0x400, "TIM2"},
    {0x40000400, 0x400, "TIM3"},
    {0x40000800, 0x400, "TIM4"},
    {0x40000C00, 0x400, "TIM5"},
    {0x40001000, 0x400, "TIM6"},
    {0x40001400, 0x400, "TIM7"},
    {0x40001800, 0x400, "TIM12"},
    {0x40001C00, 0x400, "TIM13"},
    {0x40002000, 0x400, "TIM14"},
    {0x40002400, 0x400, "LPTIM1"},
    {0x40003800, 0x400, "SPI2"},
    {0x40003C00, 0x400, "SPI3"},
    {0x40004000, 0x400, "SPDIFRX"},
    {0x40004400, 0x400, "USART2"},
    {0x40004800, 0x400, "USART3"},
    {0x40004C00, 0x400, "UART4"},
    {0x40005000, 0x400, "UART5"},
    {0x40005400, 0x400, "I2C1"},
    {0x40005800, 0x400, "I2C2"},
    {0x40005C00, 0x400, "I2C3"},
    {0x40006C00, 0x400, "HDMI-CEC"},
    {0x40007400, 0x400, "DAC1"},
    {0x40007800, 0x400, "UART7"},
    {0x40007C00, 0x400, "UART8"},
    {0x40008400, 0x400, "CRS"},
    {0x40008800, 0x400, "SWPMI"},
    {0x40009000, 0x400, "OPAMP"},
    {0x40009400, 0x400, "MDIOS"},
    {0x4000A000, 0x3400, "FDCAN"},
    {0x40010000, 0x400, "TIM1"},
    {0x40010400, 0x400, "TIM8"},
    {0x40011000, 0x400, "USART1"},
    {0x40011400, 0x400, "USART6"},
    {0x40013000, 0x400, "SPI1"},
    {0x40013400, 0x400, "SPI4"},
    {0x40014000, 0x400, "TIM15"},
    {0x40014400, 0x400, "TIM16"},
    {0x40014800, 0x400, "TIM17"},
    {0x40015000, 0x400, "SPI5"},
    {0x40015800, 0x400, "SAI1"},
    {0x40015C00, 0x400, "SAI2"},
    {0x40016000, 0x400, "SAI3"},
    {0x40017000, 0x400, "DFSDM1"},
    {0x40017400, 0x400, "HRTIM"},
    {0x40020000, 0x400, "DMA1"},
    {0x40020400, 0x400, "DMA2"},
    {0x40020800, 0x400, "DMAMUX1"},
    {0x40022000, 0x400, "ADC1-ADC2"},
    {0x40028000, 0x1400, "ETHERNET"},
    {0x40040000, 0x40000, "USB1"},
    {0x40080000, 0x40000, "USB2"},
    {0x48020000, 0x400, "DCMI"},
    {0x48021000, 0x400, "CRYP"},
    {0x48021400, 0x400, "HASH"},
    {0x48021800, 0x400, "RNG"},
    {0x48022400, 0x400, "SDMMC2"},
    {0x50000000, 0x1000, "LTDC"},
    {0x51000000, 0x100000, "GPV"},
    {0x52000000, 0x1000, "MDMA"},
    {0x52001000, 0x1000, "DMA2D"},
    {0x52002000, 0x1000, "FLASH"},
    {0x52003000, 0x1000, "JPEG"},
    {0x52004000, 0x1000, "FMC"},
    {0x52005000, 0x1000, "QUADSPI"},
    {0x52007000, 0x1000, "SDMMC1"},
    {0x52009000, 0x400, "RAMECC1"},
    {0x58000000, 0x400, "EXTI"},
    {0x58000400, 0x400, "SYSCFG"},
    {0x58000C00, 0x400, "LPUART1"},
    {0x58001400, 0x400, "SPI6"},
    {0x58001C00, 0x400, "I2C4"},
    {0x58002400, 0x400, "LPTIM2"},
    {0x58002800, 0x400, "LPTIM3"},
    {0x58002C00, 0x400, "LPTIM4"},
    {0x58003000, 0x400, "LPTIM5"},
    {0x58003800, 0x400, "COMP"},
    {0x58003C00, 0x400, "VREFBUF"},
    {0x58004000, 0x400, "RTC"},
    {0x58004800, 0x400, "IWDG1"},
    {0x58005400, 0x400, "SAI4"},
    {0x58020000, 0x400, "GPIOA"},
    {0x58020400, 0x400, "GPIOB"},
    {0x58020800, 0x400, "GPIOC"},
    {0x58020C00, 0x400, "GPIOD"},
    {0x58021000, 0x400, "GPIOE"},
    {0x58021400, 0x400, "GPIOF"},
    {0x58021800, 0x400, "GPIOG"},
    {0x58021C00, 0x400, "GPIOH"},
    {0x58022000, 0x400, "GPIOI"},
    {0x58022400, 0x400, "GPIOJ"},
    {0x58022800, 0x400, "GPIOK"},
    {0x58024400, 0x400, "RCC"},
    {0x58024800, 0x400, "PWR"},
    {0x58024C00, 0x400, "CRC"},
    {0x58025400, 0x400, "BDMA"},
    {0x58025800, 0x400, "DMAMUX2"},
    {0x58026000, 0x400, "ADC3"},
    {0x58026400, 0x400, "HSEM"},
    {0x5C001000, 0x400, "DBGMCU"},
    {0xE0000000, 0x1000, "ITM"},
    {0xE0001000, 0x1000, "DWT"},
    {0xE0002000, 0x1000, "FPB"},
    {0xE000E000, 0x1000, "system control space"},
};

}  // namespace

std::string describe_address(uint32_t address) {
  const auto after = std::upper_bound(std::begin(kBlocks), std::end(kBlocks), address,
                                      [](uint32_t a, const Block& block) { return a < block.base; });
  if (after != std::begin(kBlocks)) {
    const Block& block = *std::prev(after);
    if (address - block.base < block.bytes) {
      return fmt::format("{}+0x{:X} (0x{:08X})", block.name, address - block.base, address);
    }
  }
  return fmt::format("0x{:08X} (where nothing is)", address);
}

}  // namespace tmc::sim
