// Stands in for the C++ logger, so that VS Code's log files (extension host, output channels) exist without a compiler.
import fs from "node:fs";
import path from "node:path";

const levels = ["trace", "debug", "info", "warning", "error", "critical", "off"];

export const version = 0;
export function setLevel() {}
export function setFlushOn() {}
export function shutdown() {}

export class Logger {
  #file;
  #level = levels.indexOf("info");
  #withPrefix = true;

  constructor(_name, file) {
    this.#file = file;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }

  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  /** VS Code formats whole lines itself where it asks for this. */
  clearFormatters() {
    this.#withPrefix = false;
  }
  setPattern() {}
  flush() {}
  drop() {}

  #write(level, message) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace("T", " ").slice(0, 23);
    const line = this.#withPrefix ? `${time} [${levels[level]}] ${message}\n` : message;
    try {
      fs.appendFileSync(this.#file, line);
    } catch {
      // The profile folder may be removed while the last lines are written at shutdown.
    }
  }
}

export async function createRotatingLogger(name, file) {
  return new Logger(name, file);
}
export const createAsyncRotatingLogger = createRotatingLogger;
