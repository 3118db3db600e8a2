import type { Mutator } from "../mutator.ts";

export const forgottenOutput: Mutator = {
  rule: "forgotten-output",
  promise:
    'Something is printed that only helped whoever looked for a bug: a bare "here", a row of the same letter, a dump of a variable in PHP.',
  shapes: {
    ecmascript: [
      '«console.log("here");»',
      '«console.log("HERE");»',
      "«console.log('xxx');»",
      '«console.log("aaaaaa");»',
      "«console.log('here!');»",
    ],
    php: [
      "«var_dump($‹value›);»",
      "«print_r($‹value›);»",
      "«var_dump($‹value›['‹field›']);»",
      "«echo 'here';»",
      "«var_dump($this->‹field›); die();»",
    ],
    python: ['«print("here")»', "«print('HERE')»", '«print("xxx")»', "«print('aaaaaa')»", '«print("here!")»'],
  },
};
