/** Checks of whether an insecure setting always holds, or somebody chooses it. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, type Check } from "./checkParts.ts";

const CHOICES =
  /^(if(_statement|_expression|_modifier)?|unless(_modifier)?|elsif|elif_clause|else_if_clause|else_clause|conditional(_expression)?|ternary_expression|when|case(_statement|_item|_clause)?|switch_(case|section|rule|block_statement_group|expression_arm)|expression_case|match_(arm|conditional_expression|expression)|boolean_operator)$/;
const CLASSES = /^(class|class_declaration|class_definition|class_specifier|struct_item|record_declaration)$/;
/** Asks for something else: whether there is a value or an error, whether the address is encrypted at all. */
const NO_CHOICE = /\b(https|nil|null|None|undefined|err|error)\b/;
const MEANT =
  /insecure|unverified|no_?(check|verif|valid)|(trust|accept|allow)_?(all|any|every)|all_?trust|skip_?(verif|check|valid)|self_?signed|permissive|non_?valid|fake|dummy|naive|blind/i;

/** No branch decides whether `@finding` comes about, and no class around it is named for it. */
export const unconditional: Check = (captures) => {
  let inner = capture(captures, "finding");
  for (const one of ancestors(inner)) {
    if (CHOICES.test(one.type) && !asksItself(one, inner)) return false;
    if (CLASSES.test(one.type) && MEANT.test(one.childForFieldName("name")?.text ?? "")) return false;
    inner = one;
  }
  return true;
};

/** `inner` is part of the question, or the question is about something else. */
function asksItself(choice: Node, inner: Node): boolean {
  const asked = choice.childForFieldName("condition");
  if (choice.childForFieldName("initializer")?.id === inner.id || asked?.id === inner.id) return true;
  return asked !== null && NO_CHOICE.test(asked.text);
}
