import type { Rewriter } from "../rewriter.ts";
import { copiedBranch, copiedCondition, emptiedHandler, lateStatement } from "./wrongBlocks.ts";
import { lostEquals, sameOperand, sameTarget, wrongStep } from "./wrongOperands.ts";

export const allRewriters: readonly Rewriter[] = [
  copiedBranch,
  copiedCondition,
  emptiedHandler,
  lateStatement,
  lostEquals,
  sameOperand,
  sameTarget,
  wrongStep,
];
