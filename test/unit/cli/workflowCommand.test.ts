import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeLine } from "../../../src/shared/escapeText.ts";
import { withoutWorkflowCommands, workflowCommand } from "../../../src/cli/workflowCommand.ts";

/** As the runner reads a line: `::name` after any blanks, or `##[name` anywhere. */
const isCommand = (line: string) => /^\s*::/.test(line) || line.includes("##[");

/** The runner's own decoding. */
function decode(text: string, isProperty: boolean): string {
  const plain = isProperty ? text.replaceAll("%3A", ":").replaceAll("%2C", ",") : text;
  return plain.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

const tricky = fc
  .array(fc.oneof(fc.constantFrom("::", ":", ",", "%", "%25", "\r", "\n", "##[", "error", " "), fc.string()))
  .map((parts) => parts.join(""));

test("a command is one line, and the runner reads back what was meant", () => {
  fc.assert(
    fc.property(tricky, tricky, tricky, (file, title, message) => {
      const place = { file, line: 1, endLine: 1, columns: null };
      const line = workflowCommand({ kind: "error", title, message, place });
      expect(line).not.toMatch(/[\r\n]/);
      const [, properties, data] = /^::error (.*?)::(.*)$/.exec(line)!;
      const [first, , , last, ...more] = properties!.split(",");
      expect(more).toEqual([]);
      expect(decode(first!.slice("file=".length), true)).toBe(escapeLine(file));
      expect(last).toMatch(/^title=/);
      expect(decode(data!, false).split("\n")).toHaveLength(message.split(/\r?\n/).length);
    }),
  );
});

test("text for people holds no command, and keeps its lines", () => {
  fc.assert(
    fc.property(tricky, (text) => {
      const shown = withoutWorkflowCommands(text);
      expect(shown.split("\n").filter(isCommand)).toEqual([]);
      expect(shown.split("\n")).toHaveLength(text.split("\n").length);
    }),
  );
  expect(withoutWorkflowCommands("  3 │ a::b\n    ::add-mask::x\n##[error]y")).toBe(
    "  3 │ a::b\n    : :add-mask::x\n# #[error]y",
  );
});
