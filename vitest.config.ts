import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // The encoder's native binding fails in the second file of one process when threads are used (PLATFORMS.md, D).
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
