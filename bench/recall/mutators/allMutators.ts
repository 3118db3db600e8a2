/** Every rule's mutator, in the order of the rules' ids. */
import type { Mutator } from "../mutator.ts";
import { assertOnTuple } from "./assertOnTuple.ts";
import { assignmentInCondition } from "./assignmentInCondition.ts";
import { asyncInForeach, asyncPromiseExecutor, asyncVoid } from "./asyncCalls.ts";
import { formatString, lostRealloc, swappedMemset, unboundedRead } from "./cMemory.ts";
import { booleanComparator, parseInMap, invalidTypeof, negatedLeftOperand } from "./calledWrongly.ts";
import { duplicateCondition, identicalBranches } from "./conditions.ts";
import { duplicateKey } from "./duplicateKey.ts";
import { dynamicCode } from "./dynamicCode.ts";
import { insecureTemporaryFile, worldWritable, dangerousRemoval } from "./files.ts";
import { forgottenDebugger } from "./forgottenDebugger.ts";
import { deferInLoop } from "./goLoops.ts";
import { complexFunction, longFunction } from "./grownFunctions.ts";
import { rescueException, rethrowLosesTrace } from "./handlers.ts";
import { identityComparison } from "./identityComparison.ts";
import { ignoredResult } from "./ignoredResult.ts";
import { insecureRandom } from "./insecureRandom.ts";
import { jumpInFinally } from "./jumpInFinally.ts";
import { mutableDefaultArgument } from "./mutableDefault.ts";
import { inexactDecimal, loopDirection, nanComparison } from "./numbers.ts";
import { extractRequest, requestInclude } from "./phpRequests.ts";
import { raiseNotImplemented, unsafeYamlLoad } from "./pythonRaise.ts";
import { exposedKey, hardcodedSecret, privateKey } from "./secrets.ts";
import { selfAssignment, selfComparison } from "./selfOperations.ts";
import { pipeToShell, plainCredential } from "./shellDownloads.ts";
import { shellInjection } from "./shellInjection.ts";
import { sqlInjection } from "./sqlInjection.ts";
import { weakHash } from "./weakHash.ts";
import { swallowedError } from "./swallowedError.ts";
import { tlsVerificationDisabled } from "./tlsVerification.ts";
import { unreachableCode } from "./unreachableCode.ts";
import { unsafeDeserialization } from "./unsafeDeserialization.ts";

const mutators: readonly Mutator[] = [
  assertOnTuple,
  assignmentInCondition,
  asyncInForeach,
  asyncPromiseExecutor,
  asyncVoid,
  formatString,
  lostRealloc,
  swappedMemset,
  unboundedRead,
  booleanComparator,
  parseInMap,
  invalidTypeof,
  negatedLeftOperand,
  duplicateCondition,
  identicalBranches,
  duplicateKey,
  dynamicCode,
  insecureTemporaryFile,
  worldWritable,
  dangerousRemoval,
  forgottenDebugger,
  deferInLoop,
  complexFunction,
  longFunction,
  rescueException,
  rethrowLosesTrace,
  identityComparison,
  ignoredResult,
  insecureRandom,
  jumpInFinally,
  mutableDefaultArgument,
  inexactDecimal,
  loopDirection,
  nanComparison,
  extractRequest,
  requestInclude,
  raiseNotImplemented,
  unsafeYamlLoad,
  exposedKey,
  hardcodedSecret,
  privateKey,
  selfAssignment,
  selfComparison,
  pipeToShell,
  plainCredential,
  shellInjection,
  sqlInjection,
  weakHash,
  swallowedError,
  tlsVerificationDisabled,
  unreachableCode,
  unsafeDeserialization,
];

export const allMutators: readonly Mutator[] = mutators.toSorted((a, b) => a.rule.localeCompare(b.rule));
