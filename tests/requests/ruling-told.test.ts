/** Units that a ruling names, which was asked for: told of it; its caller hears whether they could be. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { effectsOfChange } from '../../src/requests/effects.js';
import type { Act } from '../../src/requests/moves.js';
import { WORLD } from '../helpers/request-world.js';
import { act, file, LIST_OFFICE, MONDAY } from '../helpers/requests.js';

const rule = (lead: string, support: string[] = []): Act => ({
  ...{ kind: 'rule', lead, support },
  text: `由${lead}负责,涵洞接的是沟道`,
});

const told = (before: Request, after: Request) =>
  effectsOfChange(before, after, WORLD, MONDAY, null).flatMap((it) =>
    it.kind === 'send' && 'text' in it.reply ? [{ to: it.to.chatId, text: it.reply.text ?? '' }] : [],
  );

describe('a ruling that was asked for', () => {
  const asked = file('ruling');

  it('is told to who leads and who helps, as what they are, and to who asked that they know', () => {
    const after = act(asked, rule('县水利局', ['县应急管理局']), LIST_OFFICE);
    const texts = told(asked, after).map(({ text }) => text);
    expect(texts.some((it) => it.includes('由贵单位负责,县应急管理局配合'))).toBe(true);
    expect(texts.some((it) => it.includes('由县水利局负责,贵单位配合'))).toBe(true);
    expect(texts.some((it) => it.includes('已将裁定发给县水利局、县应急管理局'))).toBe(true);
  });

  it('says who could not be told, and writes to nobody in their place', () => {
    const after = act(asked, rule('县没有人的局'), LIST_OFFICE);
    const texts = told(asked, after).map(({ text }) => text);
    expect(texts.some((it) => it.includes('县没有人的局没有可以送达的人员,请另行电话告知'))).toBe(true);
    expect(texts.some((it) => it.includes('贵单位'))).toBe(false);
  });

  it('is not told twice to a township that asked and is ruled responsible itself', () => {
    const [caller] = asked.callers;
    const after = act(asked, rule(caller?.organization ?? ''), LIST_OFFICE);
    expect(told(asked, after).some(({ text }) => text.includes('贵单位'))).toBe(false);
  });
});
