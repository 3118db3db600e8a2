/** Finds where in a file a statement or a declaration may be planted. */
import type { Node, Tree } from "web-tree-sitter";

export interface Position {
  /** UTF-16 offset of the beginning of a line. */
  readonly offset: number;
  /** White space that the line begins with. */
  readonly indent: string;
}

export interface Positions {
  readonly statements: readonly Position[];
  readonly declarations: readonly Position[];
}

const BLOCKS = /^(statement_block|block|statement_list|compound_statement|body_statement)$/;
const CALLABLE = /function|method|arrow|lambda|closure|constructor_declaration/;
const TYPE_BODY = /^(class_body|declaration_list)$/;
const DECLARES = /^(function|method|class|export|type|impl|struct|lexical|expression|mod|module|property|field|enum)/;
/** Languages whose files run from top to bottom: a statement may stand at the top. */
const SCRIPTS = new Set(["shellscript", "powershell"]);
/** Languages where functions stand in types alone. */
const MEMBERS = new Set(["java", "csharp"]);

export function findPositions(tree: Tree, text: string, language: string): Positions {
  const statements: Position[] = [];
  const declarations: Position[] = [];
  const visit = (node: Node, inFunction: boolean) => {
    const container = BLOCKS.test(node.type) && (inFunction || SCRIPTS.has(language));
    const top = node.parent === null;
    const named = node.namedChildren.filter((child) => child !== null);
    for (const [index, child] of named.entries()) {
      if (takesStatement(child, named[index - 1], container || (top && SCRIPTS.has(language)))) {
        push(statements, child, text);
      }
      const declares = MEMBERS.has(language) ? TYPE_BODY.test(node.type) : top;
      if (declares && DECLARES.test(child.type) && free(named[index - 1])) push(declarations, child, text);
      visit(child, inFunction || CALLABLE.test(child.type));
    }
  };
  visit(tree.rootNode, false);
  // Scripts declare functions wherever a statement stands.
  return { statements, declarations: declarations.length > 0 ? declarations : statements };
}

function takesStatement(child: Node, before: Node | undefined, inBlock: boolean): boolean {
  return (
    inBlock &&
    !child.type.includes("comment") &&
    !/^["'`]/.test(child.text) &&
    !/^param/i.test(child.text) &&
    free(before)
  );
}

/** What stands behind an attribute or decorator belongs to it. */
function free(before: Node | undefined): boolean {
  return !before || !/attribute|decorator|annotation/.test(before.type);
}

function push(positions: Position[], node: Node, text: string): void {
  const offset = text.lastIndexOf("\n", node.startIndex - 1) + 1;
  const indent = text.slice(offset, node.startIndex);
  if (/^[ \t]*$/.test(indent) && positions.at(-1)?.offset !== offset) positions.push({ offset, indent });
}
