/** Kits by where they lie, through the check that asks about them. */
import { describe, expect, it } from "vitest";
import { createVendoredCheck, namesOf } from "../../../../src/core/workspace/vendoredFolders.ts";

function vendored(...paths: string[]): string[] {
  const isVendored = createVendoredCheck(namesOf(paths));
  return paths.filter(isVendored);
}

describe("a kit", () => {
  it.each([
    // A chip maker's
    ["fw/Drivers/CMSIS/DSP/a.c"],
    ["fw/Drivers/STM32F4xx_HAL_Driver/Src/a.c"],
    ["src/lib/STM32F4xx_StdPeriph_Driver/src/a.c"],
    ["fw/STM32_USB_Device_Library/Class/a.c"],
    ["fw/Middlewares/Third_Party/net/a.c"],
    // What came for a board, and libraries from the manager
    ["platform.txt", "tools/sdk/include/a.h"],
    ["libraries/Led/library.properties", "libraries/Led/keywords.txt", "libraries/Led/src/a.cpp"],
    ["sketch/src/Led/library.properties", "sketch/src/Led/examples/a/a.ino", "sketch/src/Led/a.cpp"],
    // A game's
    ["Assets/Scenes/a.unity", "Assets/TextMesh Pro/Scripts/a.cs"],
    ["Assets/Plugins/One/a.cs", "Assets/Plugins/Two/a.cs", "Assets/Plugins/Three/deep/a.cs"],
  ])("is known: %s, %s, …", (...paths) => {
    const isVendored = createVendoredCheck(namesOf([...paths, "src/main.c"]));
    expect(isVendored(paths.at(-1)!)).toBe(true);
    expect(isVendored("src/main.c")).toBe(false);
  });

  it.each([
    // The kit's own repository
    ["CMSIS/Core/a.h", "ARM.CMSIS.pdsc"],
    ["Release_Notes.html", "package/Drivers/CMSIS/a.c", "package/Drivers/STM32F4xx_HAL_Driver/a.c"],
    ["Assets/Plugins/One/a.cs", "Assets/Plugins/Two/a.cs", "Assets/Plugins/Android/b.java"],
    ["Assets/TextMesh Pro/Scripts/a.cs"],
    // Board support brings libraries of its own; what was never published is the team's
    ["boards.txt", "libraries/Led/library.properties", "libraries/Led/keywords.txt", "libraries/Led/a.cpp"],
    ["libraries/core/library.properties", "libraries/core/src/a.cpp"],
    ["Led/library.properties", "Led/keywords.txt", "Led/a.cpp"],
    // What only is named alike
    ["tools/sdk/build.py"],
    ["fw/Drivers/BSP/lcd.c"],
    ["Middlewares/auth/a.js"],
    ["Assets/Plugins/One/a.dll", "Assets/Plugins/Two/a.dll", "Assets/Plugins/own.cs"],
  ])("is not %s, %s, …", (...paths) => {
    expect(vendored(...paths)).toEqual([]);
  });
});
