/** Logs of scripts, whose output is their own: nothing, or problems alone. */
import type { Logger } from '../../src/core/ports.js';

export const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export const PROBLEMS_ONLY: Logger = {
  ...SILENT,
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => console.error(message, fields),
};
