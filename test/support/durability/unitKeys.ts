import { hash } from "node:crypto";

export function keyOfUnit(unit: number): string {
  return hash("sha256", `unit ${unit}`);
}
