import { defineConfig } from 'vitest/config';
// Tests start the compiled program: never a stale one.
import './scripts/build.mjs';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
