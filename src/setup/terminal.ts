/** Whether anybody can talk to this process directly. */
import { fstatSync } from 'node:fs';

/** A terminal, or text that is piped in; a service has /dev/null there, or nothing. */
export function canTalk(): boolean {
  try {
    const input = fstatSync(0);
    return process.stdin.isTTY || input.isFIFO() || input.isFile() || input.isSocket();
  } catch {
    return false;
  }
}
