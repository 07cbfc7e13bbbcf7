/** The middleware chain. */
import type { Context, Effect } from './types.js';

/** Looks at the context, may refuse or append effects, and calls `next` at most once. */
export type Middleware = (ctx: Context, next: () => Promise<Effect[]>) => Promise<Effect[]>;

export function compose(middleware: Middleware[], last: (ctx: Context) => Promise<Effect[]>) {
  return (ctx: Context): Promise<Effect[]> => {
    const run = (index: number): Promise<Effect[]> => {
      const current = middleware[index];
      if (!current) return last(ctx);
      let called = false;
      return current(ctx, () => {
        if (called) throw new Error(`middleware ${index} called next twice`);
        called = true;
        return run(index + 1);
      });
    };
    return run(0);
  };
}
