import { defineConfig } from 'vitest/config';
// Tests start the compiled program: never a stale one.
import './scripts/build.mjs';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    // Modules are loaded once a worker; each-file.ts holds files to leaving nothing behind.
    isolate: false,
    globalSetup: ['tests/helpers/run-folder.ts'],
    setupFiles: ['tests/helpers/each-file.ts'],
    // Some tests wait for a real process: with one worker (cores less one) nothing else would run meanwhile.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
