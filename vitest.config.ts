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
    // Some tests wait for a real process or a real minute: with as many workers as cores one of two would idle.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
