import type { Mutator } from "../mutator.ts";

export const insecureTemporaryFile: Mutator = {
  rule: "insecure-temporary-file",
  promise: "A function that only makes up a name for a temporary file.",
  shapes: {
    c: [
      "char *‹value› = «tmpnam(NULL)»;",
      "char *‹value› = «mktemp(‹other›)»;",
      'char *‹value› = «tempnam("/tmp", "‹field›")»;',
      'FILE *‹value› = fopen(«tmpnam(‹other›)», "w");',
      "if («mktemp(‹value›->‹field›)» == NULL) {\n  return;\n}",
    ],
    python: [
      "‹value› = «tempfile.mktemp()»",
      "‹value› = «tempfile.mktemp(suffix='.txt', dir=‹other›)»",
      "with open(«tempfile.mktemp()», 'w') as handle:\n  handle.write(‹value›)",
      "self.‹field› = «os.tempnam()»",
      "‹value› = os.path.join(‹other›, «tempfile.mktemp('‹field›')»)",
      "from tempfile import mktemp\n‹value› = «mktemp()»",
      "‹value› = «os.tmpnam()»",
    ],
  },
};

export const worldWritable: Mutator = {
  rule: "world-writable",
  promise: "Permissions 777 or 666 are given.",
  shapes: {
    bash: [
      '«chmod 777 "$‹value›"»',
      "«chmod -R 777 /var/lib/‹value›»",
      "«chmod 0666 ./‹value›.log»",
      '«sudo chmod 666 "$‹value›/‹field›"»',
      'if ! «chmod 0777 "$‹value›"»; then\n  exit 1\nfi',
      '«chmod --recursive 777 "${‹value›}"/»',
      'mkdir -p "$‹value›" && «chmod 777 "$‹value›"»',
      "«install -m 0777 ‹value› /usr/local/bin/»",
      '«mkdir -m 777 "$‹value›"»',
      'find "$‹value›" -type d -exec «chmod 777 {} \\;»',
    ],
    python: [
      "«os.chmod(‹value›, 0o777)»",
      "«os.chmod(‹value›.‹field›, 0o666)»",
      "os.mkdir(‹value›)\n«os.chmod(‹value›, 0o0777)»",
      "«Path(‹value›).chmod(0o777)»",
      "«os.chmod(os.path.join(‹value›, '‹field›'), mode=0o666)»",
      "«os.fchmod(‹value›.fileno(), 0o666)»",
    ],
  },
};

export const dangerousRemoval: Mutator = {
  rule: "dangerous-removal",
  promise: "`rm -r` of a variable without quotes, or of a variable with only a slash behind it.",
  shapes: {
    bash: [
      "«rm -rf $‹value›/*»",
      "«rm -r $‹value›»",
      '«rm -rf "$‹value›/"»',
      "«rm -rf ${‹value›}»",
      '«rm -rf "${‹value›}/"*»',
      "«sudo rm -fr $‹value›/»",
      "cd /tmp && «rm -R -f $‹value›»",
      "«rm --recursive --force $‹value›»",
      '«rm -rf $‹value› "$‹other›"»',
      'if [ -d "$‹value›" ]; then «rm -rf $‹value›»; fi',
    ],
  },
};
