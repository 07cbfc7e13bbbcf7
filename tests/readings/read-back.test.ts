/** While a move stands read back: another case, a question, the same again; and acts that are named only to be denied. */
import { afterEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
const [LAMPS, WELL] = ['QS-2026-000001', 'QS-2026-000002'] as const;

describe('a move that was read back', () => {
  const talks: Talk[] = [];
  afterEach(() => Promise.all(talks.splice(0).map((it) => it.close())));

  const filed = async (): Promise<Talk> => {
    const talk = await startTalk(assistant());
    talks.push(talk);
    for (const text of ['呼叫住建局:兴隆街路灯坏了三盏', '提交', '呼叫水利局:河西村机井坏了浇不上地', '提交'])
      await talk.say('张三', text);
    await talk.say('李四', `签收 ${LAMPS}`);
    return talk;
  };
  const urged = async ({ store }: Talk, number: string): Promise<number> =>
    (await store.getRequest(number))?.events.filter(({ kind }) => kind === 'urged').length ?? 0;
  const readBack = async (): Promise<Talk> => {
    const talk = await filed();
    expect(await talk.say('张三', '哈哈,机井那件催一下')).toContain(`${WELL}“河西村机井坏了浇不上地”`);
    return talk;
  };

  it('is left where another case is named', async () => {
    const talk = await readBack();
    await talk.say('张三', '路灯那个帮我催催');
    expect([await urged(talk, LAMPS), await urged(talk, WELL)]).toEqual([1, 0]);
  });

  it('stands again behind the answer to a question of another case', async () => {
    const talk = await readBack();
    const heard = await talk.say('张三', '路灯那件到哪一步了');
    expect(heard).toContain('办理中');
    expect(heard).toContain('将催办');
    expect(await urged(talk, WELL)).toBe(0);
  });

  it('is done when the same is said again', async () => {
    const talk = await readBack();
    await talk.say('张三', '还是催一下吧');
    expect([await urged(talk, LAMPS), await urged(talk, WELL)]).toEqual([0, 1]);
  });

  it.each(['机井的别催,人家昨天来过了', '别催了,人家正在弄', '我电话里催过他们了', '路灯那个不用催'])(
    '%s urges nobody and asks nothing',
    async (text) => {
      const talk = await filed();
      const heard = await talk.say('张三', text);
      expect(heard).not.toMatch(/请核对|紧急/);
      expect([await urged(talk, LAMPS), await urged(talk, WELL)]).toEqual([0, 0]);
    },
  );

  it.each(['书记说先不要呼叫住建局', '这事先别报住建局', '不用呼叫水利局了,已经通水'])(
    '%s begins no request',
    async (text) => {
      const talk = await startTalk(assistant());
      talks.push(talk);
      expect(await talk.say('张三', text)).not.toContain('请确认:呼叫');
    },
  );

  it('is a correction of the ruling that was made a moment ago', async () => {
    const talk = await startTalk(assistant());
    talks.push(talk);
    await talk.say('张三', '申请裁定:集镇公厕后面的化粪池没人清,执法局和农业农村局都推');
    await talk.say('张三', '提交');
    await talk.say('王五', `裁定 ${LAMPS} 由农业农村局主办`);
    const heard = await talk.say('王五', '不对,改成综合执法局主办');
    expect(heard).toMatch(/更正裁定:原裁定县农业农村局主办,改为主办 县综合行政执法局.*确认/);
    await talk.say('王五', '对,就这么定,确认');
    const ruled = (await talk.store.getRequest(LAMPS))?.events.findLast(
      ({ kind }) => kind === 'ruling-corrected',
    );
    expect(ruled?.facts?.['lead']).toBe('县综合行政执法局');
  });
});
