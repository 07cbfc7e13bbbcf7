import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
// Tests start the compiled program: never a stale one.
import './scripts/build.mjs';

/** These wait for processes, a server or a pace most of the time: begun last, they would be waited for alone. */
const WAIT = /tests\/(attacks|store\/postgres|adapters\/limits|scripts\/fuzz|e2e\/feishu-forms)/;

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification) => (WAIT.test(moduleId) ? 0 : 1);
    return sorted.sort((a, b) => waits(a) - waits(b));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    // Modules are loaded once a worker; each-file.ts holds files to leaving nothing behind.
    isolate: false,
    globalSetup: ['tests/helpers/run-folder.ts'],
    setupFiles: ['tests/helpers/each-file.ts'],
    sequence: { sequencer: WaitingFirst },
    // Some tests wait for a real process or a real minute: with as many workers as cores one of two would idle.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
