/** What may surround a planted statement: conditions, guarded blocks, closures, loops. */
import type { Family } from "./mutator.ts";

const ECMASCRIPT = [
  "if (options.verbose) {\n  @\n}",
  "try {\n  @\n} catch (failure) {\n  report(failure);\n  throw failure;\n}",
  "const later = async () => {\n  @\n};\nqueue.push(later);",
  "for (const entry of entries) {\n  @\n}",
  "class Helper {\n  async work(options) {\n    @\n  }\n}\nregister(Helper);",
];

/** `@` stands for the planted lines. */
export const WRAPPERS: Readonly<Record<Family, readonly string[]>> = {
  ecmascript: ECMASCRIPT,
  typescript: [
    "if (options.verbose) {\n  @\n}",
    "const later = async (given: readonly string[]): Promise<void> => {\n  @\n};\nqueue.push(later);",
    "class Helper<T extends object> {\n  private async work(this: Helper<T>, given: T): Promise<void> {\n    @\n  }\n}\nregister(Helper);",
  ],
  python: [
    "if verbose:\n  @",
    "try:\n  @\nexcept OSError as failure:\n  report(failure)\n  raise",
    "with guard() as held:\n  @",
    "def helper(given):\n  @\n\nqueue.append(helper)",
    "class Helper:\n  def work(self, given):\n    @\n\nregister(Helper)",
  ],
  go: [
    "if verbose {\n  @\n}",
    "helper := func(given string) {\n  @\n}\nregister(helper)",
    "for _, entry := range entries {\n  @\n}",
    "switch mode {\ncase 1:\n  @\n}",
  ],
  java: [
    "if (verbose) {\n  @\n}",
    "try {\n  @\n} catch (IllegalStateException failure) {\n  report(failure);\n  throw failure;\n}",
    "Runnable later = () -> {\n  @\n};\nqueue.add(later);",
    "for (String entry : entries) {\n  @\n}",
  ],
  rust: [
    "if verbose {\n  @\n}",
    "let later = || {\n  @\n};\nqueue.push(later);",
    "for entry in entries {\n  @\n}",
    "match mode {\n  1 => {\n    @\n  }\n  _ => {}\n}",
  ],
  csharp: [
    "if (verbose)\n{\n  @\n}",
    "try\n{\n  @\n}\nfinally\n{\n  Release();\n}",
    "Action later = () =>\n{\n  @\n};\nqueue.Add(later);",
    "foreach (var entry in entries)\n{\n  @\n}",
    "using (var held = Guard())\n{\n  @\n}",
  ],
  c: [
    "if (verbose) {\n  @\n}",
    "if (verbose && depth > 0) {\n  report(depth);\n} else {\n  @\n}",
    "for (int round = 0; round < rounds; round++) {\n  @\n}",
    "{\n  @\n}",
  ],
  cpp: [
    "auto later = [&](int given) {\n  @\n};\nqueue.push_back(later);",
    "try {\n  @\n} catch (const std::exception& failure) {\n  report(failure);\n  throw;\n}",
  ],
  php: [
    "if ($verbose) {\n  @\n}",
    "try {\n  @\n} catch (RuntimeException $failure) {\n  report($failure);\n  throw $failure;\n}",
    "$later = function ($given) {\n  @\n};\n$queue->push($later);",
    "foreach ($entries as $entry) {\n  @\n}",
  ],
  ruby: [
    "if verbose\n  @\nend",
    "begin\n  @\nrescue IOError => failure\n  report(failure)\n  raise\nend",
    "entries.each do |entry|\n  @\nend",
    "later = lambda do |given|\n  @\nend\nqueue << later",
  ],
  bash: [
    'if [ -n "$verbose" ]; then\n  @\nfi',
    "helper() {\n  @\n}\nhelper",
    'for entry in "${entries[@]}"; do\n  @\ndone',
    '(\n  cd "$base" || exit 1\n  @\n)',
    "case $mode in\n  fast)\n    @\n    ;;\nesac",
  ],
  powershell: [
    "if ($verbose) {\n  @\n}",
    "try {\n  @\n} catch {\n  Write-Error $_\n  throw\n}",
    "foreach ($entry in $entries) {\n  @\n}",
    "function Invoke-Helper {\n  param($Given)\n  @\n}",
  ],
};
