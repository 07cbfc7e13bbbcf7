import { describe, expect, it } from 'vitest';
import { compose, type Middleware } from '../../src/core/compose.js';
import { replyText } from '../../src/core/effects.js';
import { makeContext } from '../helpers/context.js';

const HANDLED = replyText('handled');
const handler = () => Promise.resolve([HANDLED]);

describe('compose', () => {
  it('runs the middleware in order around the handler', async () => {
    const seen: string[] = [];
    const named =
      (name: string): Middleware =>
      async (_ctx, next) => {
        seen.push(`> ${name}`);
        const effects = await next();
        seen.push(`< ${name}`);
        return effects;
      };
    const run = compose([named('a'), named('b')], async () => {
      seen.push('handler');
      return [];
    });
    await run(makeContext());
    expect(seen).toEqual(['> a', '> b', 'handler', '< b', '< a']);
  });

  it('gives each the same context', async () => {
    const ctx = makeContext();
    const run = compose([(inner, next) => (expect(inner).toBe(ctx), next())], async (inner) => {
      expect(inner).toBe(ctx);
      return [HANDLED];
    });
    expect(await run(ctx)).toEqual([HANDLED]);
  });

  it('lets a middleware refuse without the handler and append to its effects', async () => {
    let calls = 0;
    const counting = () => (calls++, handler());
    const refuse: Middleware = () => Promise.resolve([replyText('refused')]);
    const append: Middleware = async (_ctx, next) => [...(await next()), replyText('appended')];
    expect(await compose([refuse], counting)(makeContext())).toEqual([replyText('refused')]);
    expect(calls).toBe(0);
    expect(await compose([append], counting)(makeContext())).toEqual([HANDLED, replyText('appended')]);
  });

  it('rejects when next is called twice and passes errors on', async () => {
    const twice: Middleware = async (_ctx, next) => [...(await next()), ...(await next())];
    await expect(compose([twice], handler)(makeContext())).rejects.toThrow(/next twice/);
    const broken = compose([], () => Promise.reject(new Error('broken')));
    await expect(broken(makeContext())).rejects.toThrow('broken');
  });

  it('is the handler alone without middleware, any number of times', async () => {
    const run = compose([(_ctx, next) => next()], handler);
    expect(await run(makeContext())).toEqual([HANDLED]);
    expect(await run(makeContext())).toEqual([HANDLED]);
  });
});
