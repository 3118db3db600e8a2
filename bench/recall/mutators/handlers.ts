import { declaration, type Mutator } from "../mutator.ts";

export const rescueException: Mutator = {
  rule: "rescue-exception",
  promise: "`rescue Exception` without raising it again.",
  shapes: {
    ruby: [
      "begin\n  ‹call›\n«rescue Exception => e\n  puts e.message\nend»",
      "begin\n  ‹call›(‹value›)\n«rescue Exception\n  nil\nend»",
      declaration(
        "def ‹call›(‹value›)\n  ‹act›(‹value›)\n«rescue Exception => error\n  logger.warn(error)\n  false\nend»\n",
      ),
      "begin\n  ‹call›\nrescue ArgumentError => e\n  ‹act›(e)\n«rescue Exception => e\n  @‹field› = e\nensure\n  close\nend»",
      "begin\n  ‹call›\n«rescue IOError, Exception => e\n  ‹act›(e)\nend»",
      "‹value›.each do |one|\n  ‹call›(one)\n«rescue Exception => e\n  warn e.full_message\nend»",
    ],
  },
};

export const rethrowLosesTrace: Mutator = {
  rule: "rethrow-loses-trace",
  promise: "`throw e;` within the clause that caught `e`.",
  shapes: {
    csharp: [
      "try\n{\n  ‹call›();\n}\ncatch (Exception e)\n{\n  Log(e);\n  «throw e;»\n}",
      "try { ‹call›(); } catch (IOException ex) { «throw ex;» }",
      "try\n{\n  ‹call›();\n}\ncatch (Exception error) when (error.Message.Length > 3)\n{\n  if (‹value›)\n  {\n    «throw error;»\n  }\n  ‹act›();\n}",
      "try\n{\n  ‹call›();\n}\ncatch (ArgumentException)\n{\n  ‹act›();\n}\ncatch (System.Exception e)\n{\n  try { ‹act›(); } finally { Close(); }\n  «throw e;»\n}",
    ],
  },
};
