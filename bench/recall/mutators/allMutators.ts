/** Every rule's mutator, in the order of the rules' ids. */
import type { Mutator } from "../mutator.ts";
import { assertOnTuple } from "./assertOnTuple.ts";
import { assignmentInCondition } from "./assignmentInCondition.ts";
import { asyncInForeach, asyncPromiseExecutor, asyncVoid } from "./asyncCalls.ts";
import { asyncPredicate, unawaitedAssertion, unawaitedCoroutine, effectWithoutCleanup } from "./asyncResults.ts";
import { formatString, lostRealloc, swappedMemset, unboundedRead } from "./cMemory.ts";
import { booleanComparator, parseInMap, invalidTypeof, negatedLeftOperand } from "./calledWrongly.ts";
import { duplicateCondition, identicalBranches } from "./conditions.ts";
import { constantOperand, impossibleLength } from "./constantConditions.ts";
import { copyWithoutLimit } from "./copyWithoutLimit.ts";
import { duplicateKey } from "./duplicateKey.ts";
import { dynamicCode } from "./dynamicCode.ts";
import { insecureTemporaryFile, worldWritable, dangerousRemoval } from "./files.ts";
import { forgottenDebugger } from "./forgottenDebugger.ts";
import { forgottenOutput } from "./forgottenOutput.ts";
import { deferredBeforeCheck } from "./goDefer.ts";
import { deferInLoop } from "./goLoops.ts";
import { complexFunction, longFunction } from "./grownFunctions.ts";
import { rescueException, rethrowLosesTrace } from "./handlers.ts";
import { identityComparison } from "./identityComparison.ts";
import { ignoredResult } from "./ignoredResult.ts";
import { insecureRandom } from "./insecureRandom.ts";
import { jumpInFinally } from "./jumpInFinally.ts";
import { lateBindingClosure } from "./lateBinding.ts";
import { mutableDefaultArgument } from "./mutableDefault.ts";
import { inexactDecimal, loopDirection, nanComparison } from "./numbers.ts";
import { extractRequest, requestInclude } from "./phpRequests.ts";
import { raiseNotImplemented, unsafeYamlLoad } from "./pythonRaise.ts";
import { requestPath, unescapedOutput, looseHashComparison } from "./requestData.ts";
import { exposedKey, hardcodedSecret, privateKey } from "./secrets.ts";
import { selfAssignment, selfComparison } from "./selfOperations.ts";
import { pipeToShell, plainCredential } from "./shellDownloads.ts";
import { shellInjection } from "./shellInjection.ts";
import { sqlInjection } from "./sqlInjection.ts";
import { swallowedError } from "./swallowedError.ts";
import { tlsVerificationDisabled } from "./tlsVerification.ts";
import { unreachableCode } from "./unreachableCode.ts";
import { unsafeDeserialization } from "./unsafeDeserialization.ts";
import { unthrownError } from "./unthrownError.ts";
import { weakHash } from "./weakHash.ts";

const mutators: readonly Mutator[] = [
  assertOnTuple,
  assignmentInCondition,
  asyncInForeach,
  asyncPromiseExecutor,
  asyncVoid,
  asyncPredicate,
  unawaitedAssertion,
  unawaitedCoroutine,
  effectWithoutCleanup,
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
  constantOperand,
  impossibleLength,
  copyWithoutLimit,
  duplicateKey,
  dynamicCode,
  insecureTemporaryFile,
  worldWritable,
  dangerousRemoval,
  forgottenDebugger,
  forgottenOutput,
  deferredBeforeCheck,
  deferInLoop,
  complexFunction,
  longFunction,
  rescueException,
  rethrowLosesTrace,
  identityComparison,
  ignoredResult,
  insecureRandom,
  jumpInFinally,
  lateBindingClosure,
  mutableDefaultArgument,
  inexactDecimal,
  loopDirection,
  nanComparison,
  extractRequest,
  requestInclude,
  raiseNotImplemented,
  unsafeYamlLoad,
  requestPath,
  unescapedOutput,
  looseHashComparison,
  exposedKey,
  hardcodedSecret,
  privateKey,
  selfAssignment,
  selfComparison,
  pipeToShell,
  plainCredential,
  shellInjection,
  sqlInjection,
  swallowedError,
  tlsVerificationDisabled,
  unreachableCode,
  unsafeDeserialization,
  unthrownError,
  weakHash,
];

export const allMutators: readonly Mutator[] = mutators.toSorted((a, b) => a.rule.localeCompare(b.rule));
