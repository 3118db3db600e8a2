/** Keys: equal keys mean equal prompts, so a stored answer may stand in for a new one. */
import { hash } from "node:crypto";

export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

export interface UnitKeyParts {
  /** sha256 of the unit's own text: the file's bytes, or a chunk's. */
  readonly contentHash: string;
  readonly language: string;
  readonly role: string;
  /** True for a chunk of a larger file: its prompt says so. */
  readonly isChunk: boolean;
  /** sha256 of all other text that its request carries. */
  readonly contextHash: string;
  /** Prompt version, schema, model and settings that shape an answer. */
  readonly recipe: string;
}

/** hex; the fields are joined as JSON so that no two different sets of parts can run together. */
export function unitKey(parts: UnitKeyParts): string {
  const { contentHash, language, role, isChunk, contextHash, recipe } = parts;
  return sha256(JSON.stringify(["onceover-review/1", contentHash, language, role, isChunk, contextHash, recipe]));
}

/**
 * sha256 of all that a request carries beside its unit.
 * @param signatures sha256 of the signatures of what the unit uses; "" where there are none
 */
export function contextHash(workspace: string, signatures: string): string {
  return signatures === "" ? workspace : sha256(JSON.stringify([workspace, signatures]));
}

export function outlineKey(contentHash: string, language: string, outlineVersion: string): string {
  return sha256(JSON.stringify(["onceover-outline/1", contentHash, language, outlineVersion]));
}

/** The offline engine's answer for a content. */
export function analysisKey(contentHash: string, language: string, kind: string, offlineVersion: string): string {
  return sha256(JSON.stringify(["onceover-analysis/1", contentHash, language, kind, offlineVersion]));
}
