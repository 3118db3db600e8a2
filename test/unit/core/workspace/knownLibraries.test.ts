/** Libraries and kits by names that lie together, through the check that asks about them. */
import { describe, expect, it } from "vitest";
import { createVendoredCheck, namesOf } from "../../../../src/core/workspace/vendoredFolders.ts";

/** The ones of a repository's files that are others'. */
function vendored(...paths: string[]): string[] {
  const isVendored = createVendoredCheck(namesOf(paths));
  return paths.filter(isVendored);
}

const inFolder = (folder: string, names: string) => names.split(" ").map((name) => `${folder}/${name}`);

const HAL = inFolder("app/drv/inc", "stm32f4xx_hal.h stm32f4xx_hal_gpio.h stm32f4xx_hal_spi.h stm32f4xx_ll_tim.h");
const HAL_FOUND = inFolder("a/inc", "stm32f4xx_hal_gpio.h stm32f4xx_hal_spi.h stm32f4xx_hal_rcc.h stm32f4xx_ll_tim.h");
const STD = "adc can dma exti gpio rcc spi tim usart".split(" ").map((name) => `a/b/stm32f10x_${name}.c`);
const LUA = "api code debug do func gc lex mem object parser state string".split(" ").map((one) => `run/lua/l${one}.c`);
const FREERTOS = inFolder("lib/rtos", "tasks.c queue.c list.c timers.c event_groups.c");
const ACE = "mode-css mode-html mode-php theme-dawn theme-xcode worker-css worker-php ext-menu"
  .split(" ")
  .map((name) => `web/edit/${name}.js`);

describe("a library's files", () => {
  it.each([
    ["drivers of a chip", HAL_FOUND, ["a/inc/stm32f4xx_hal_msp.c", "a/inc/stm32f4xx_hal_conf.h", "a/inc/main.c"]],
    ["older drivers of a chip", STD, ["a/b/stm32f10x_it.c", "a/b/stm32f10x_conf.h", "a/b/can.c"]],
    ["CMSIS", inFolder("a/core", "core_cm3.h cmsis_gcc.h cmsis_version.h"), ["a/core/cmsis_stm32f1.h"]],
    ["Lua", LUA, ["run/lua/main.c"]],
    ["FreeRTOS", FREERTOS, ["lib/rtos/own.c"]],
    ["Ace", ACE, ["web/edit/editor.js"]],
    [
      "Sphinx",
      inFolder("docs/_static", "doctools.js searchtools.js language_data.js"),
      ["docs/_static/custom.js", "docs/conf.py"],
    ],
  ])("are known by what lies beside them, and the team's there are its own: %s", (_name, theirs, own) => {
    expect(vendored(...own, ...theirs)).toEqual(theirs);
    expect(vendored(...own, ...theirs.slice(-2))).toEqual([]);
  });

  it("are the team's own where the library is made", () => {
    expect(vendored(...HAL_FOUND.map((path) => path.replace("a/inc/", "Inc/")))).toEqual([]);
    expect(vendored("Release_Notes.html", ...HAL_FOUND, "Drivers/CMSIS/a.h")).toEqual([]);
    expect(vendored(...LUA.map((path) => path.replace("run/lua/", "")))).toEqual([]);
    const django = "django/contrib/admin/static/admin/js";
    const pages = inFolder(django, "SelectBox.js SelectFilter2.js actions.js calendar.js core.js inlines.js");
    expect(vendored(...pages)).toEqual([]);
    expect(vendored(...inFolder("a/themes/static", "doctools.js searchtools.js language_data.js"))).toEqual([]);
  });

  it("are the team's own where they only are named alike", () => {
    expect(vendored(...HAL.map((path) => path.replace("stm32f4xx", "stm32yyxx")))).toEqual([]);
    const drivers = "adc can dma exti gpio rcc spi tim usart".split(" ");
    expect(vendored(...drivers.map((name) => `a/b/stm32f407xx_${name}_driver.c`))).toEqual([]);
    expect(vendored(...inFolder("src/os", "tasks.c queue.c list.c timers.c"))).toEqual([]);
  });
});

describe("what a tool exports", () => {
  it.each([
    [["docs/plan/start_c_1.html", "docs/plan/files/shop/data.js", "docs/plan/resources/scripts/a.js"]],
    [["a/scripts/axure/axQuery.js", "a/scripts/axure/visibility.js"]],
    [["static/admin/js/SelectBox.js", "static/admin/js/SelectFilter2.js", "static/admin/js/vendor.js"]],
    [["app/mbed/mbed.h", "app/mbed/DigitalOut.h", "app/mbed/TARGET_F4/gpio.c"]],
  ])("is others' with all that lies below: %j", (theirs) => {
    expect(vendored("app/main.js", ...theirs)).toEqual(theirs);
  });

  it("is not known by one header", () => {
    expect(vendored("app/mock/mbed.h", "app/mock/own.c")).toEqual([]);
  });
});
