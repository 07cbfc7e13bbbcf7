/** Floods hurt those who make them (issue 11, part 3). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { give } from '../../scripts/fuzz/give.js';
import type { Stage } from '../../scripts/fuzz/stage.js';
import { expectAliveAfterKill, isOtherAnswered, openStage, stranger, told } from '../helpers/attacks.js';

const TEST_MS = 240_000;
let stage: Stage;
let asked = 0;
const model = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    asked += 1;
    const content = '{"restatements":["路灯管护"]}';
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        id: '1',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      }),
    );
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  const { port } = model.address() as AddressInfo;
  stage = await openStage({
    env: { LLM_BASE_URL: `http://127.0.0.1:${port}/v1`, LLM_MODEL: 'fake', LLM_API_KEY: 'none' },
  });
}, TEST_MS);
afterAll(async () => {
  await stage.close();
  model.close();
});

describe.each(['telegram', 'feishu'] as const)('on %s', (platform) => {
  it(
    'the nonsense of 30 strangers asks no language model',
    async () => {
      asked = 0;
      const words = ['冰箱里的月亮几点下班', '帮我看看蓝鲸合同', '跑步机上的云归谁', '火星移民手续'];
      const said = await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          told(stage, { place: stranger(platform), text: `${words[i % 4]}${i}` }),
        ),
      );
      // For all strangers together there is one share; each hears an answer or that it is used up.
      expect(said.filter((text) => text === null)).toEqual([]);
      expect(asked).toBe(0);
    },
    TEST_MS,
  );

  it(
    'strangers set no reminder by the minute',
    async () => {
      for (const often of ['每分钟', '每隔一分钟', '每1分钟', '每2分钟', '每隔30秒']) {
        const said = await told(stage, { place: stranger(platform), text: `${often}提醒我喝水` });
        expect(said).not.toBeNull();
        expect(said).not.toMatch(/TX-\d/);
      }
    },
    TEST_MS,
  );
});

// Last: what it leaves to be worked off would disturb the others.
describe.each(['telegram', 'feishu'] as const)('a flood on %s', (platform) => {
  it(
    'nobody waits for 400 long texts of one stranger',
    async () => {
      const place = stranger(platform);
      const text = '村东头路灯不亮路面又塌了不知道该找谁管,'.repeat(90);
      const flood = Array.from({ length: 400 }, (_, i) => give(stage, { place, text: `${i} ${text}` }));
      for (let i = 0; i < 3; i++) expect(await isOtherAnswered(stage, platform)).toBe(true);
      expect((await stage.hears(place, /./s, 0, 15_000)) !== null).toBe(true);
      expect(stage.isAlive()).toBe(true);
      void Promise.allSettled(flood);
    },
    TEST_MS,
  );
});

it('lives on after a kill', () => expectAliveAfterKill(stage), TEST_MS);
