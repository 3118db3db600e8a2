/** Libraries and kits that are known by names of files which lie together nowhere else, whatever their folder is called. */

interface Together {
  /** Of the library's files in one folder; what else lies there may be the team's. */
  readonly name: RegExp;
  /** How many of them must lie there. */
  readonly atLeast: number;
  /** Where they are put; elsewhere they are in the making. */
  readonly folder?: RegExp;
}

const together = (atLeast: number, name: RegExp, folder?: RegExp): Together => ({
  name,
  atLeast,
  ...(folder && { folder }),
});

const LIBRARIES: readonly Together[] = [
  // A chip maker's drivers. What its generator leaves to the team to fill in is none: `stm32f4xx_hal_msp.c`, `…_it.c`.
  together(4, /^stm32(?!yy)[a-z\d]+_(hal|ll)_(?!msp|conf|timebase)\w+\.[ch]$/),
  together(
    8,
    /^stm32[a-z\d]+_(adc|bkp|can|cec|comp|crc|cryp\w*|dac|dbgmcu|dcmi|dma|dma2d|exti|flash|fmc|fsmc|gpio|hash\w*|i2c|iwdg|ltdc|pwr|rcc|rng|rtc|sai|sdio|spi|syscfg|tim|usart|wwdg)\.[ch]$/,
  ),
  // CMSIS
  together(
    3,
    /^(core_(cm|sc|ca|armv)\w+|cmsis_(arm\w+|gcc|icc\w*|ccs|csm|tiarm\w*|compiler|version|cp15|os2?)|mpu_armv\d|tz_context|arm_(math|common_tables|const_structs))\.h$/,
  ),
  together(4, /^arm_\w+_(f16|f32|f64|q7|q15|q31|u\d+|s8|s16)\.c$/),
  // FreeRTOS' kernel and its headers, Lua
  together(5, /^(croutine|event_groups|stream_buffer|timers|tasks|queue|list)\.c$/),
  together(
    6,
    /^(FreeRTOS|croutine|event_groups|projdefs|semphr|[Ss]tack_?[Mm]acros|portable|mpu_\w+|task|list|queue|timers)\.h$/,
  ),
  together(
    12,
    /^l(api|auxlib|baselib|code|ctype|dblib|debug|do|dump|func|gc|init|iolib|lex|limits|mathlib|mem|oadlib|object|opcodes|oslib|parser|state|string|strlib|table|tablib|tm|ua\w*|undump|vm|zio)\.[ch]$/,
  ),
  // Ace, and the pages that Sphinx and MATLAB write
  together(8, /^(mode|theme|worker|ext|keybinding)-\w+\.js$/),
  together(3, /^(doctools|searchtools|language_data|documentation_options|sphinx_highlight)\.js$/, /\/_static$/),
  together(3, /^(eml_report|coder_app|report)_\w+\.js$/),
];
/** Asked about every file: one look instead of a dozen. */
const ANY = new RegExp(LIBRARIES.map(({ name }) => `(?:${name.source})`).join("|"));

/**
 * Where these lie together all that lies below belongs to them: what a prototype tool exports, Mbed's library, the pages of
 * Django's administration.
 */
const WHOLE: readonly (readonly string[])[] = [
  ["axQuery.js"],
  ["start_c_1.html"],
  ["mbed.h", "DigitalOut.h"],
  ["SelectBox.js", "SelectFilter2.js"],
];
/** In Django's own repository. */
const IN_THE_MAKING = /(^|\/)contrib\/admin\/static\//;

/** @param names of what lies in the folder */
export function isWholeLibrary(folder: string, names: readonly string[]): boolean {
  return !IN_THE_MAKING.test(folder) && WHOLE.some((wanted) => wanted.every((name) => names.includes(name)));
}

/**
 * Whether a file is one of a library's.
 * @param folder in which it lies
 * @param names of what lies there
 */
export function isOfLibrary(file: string, folder: string, names: readonly string[]): boolean {
  if (!ANY.test(file)) return false;
  return LIBRARIES.some(
    ({ name, atLeast, folder: where }) =>
      name.test(file) && (where?.test(folder) ?? true) && hasEnough(names, name, atLeast),
  );
}

function hasEnough(names: readonly string[], wanted: RegExp, atLeast: number): boolean {
  let found = 0;
  return names.some((name) => wanted.test(name) && ++found === atLeast);
}
