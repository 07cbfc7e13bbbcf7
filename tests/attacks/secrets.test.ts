/** Who may know what, and who may move whose reminder (issue 11, part 6). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeButton } from '../../src/core/card.js';
import { give } from '../../scripts/fuzz/give.js';
import type { Stage } from '../../scripts/fuzz/stage.js';
import { Pressed } from '../helpers/feishu-card.js';
import { bound, groupOf, openClockStage, stranger, told } from '../helpers/attacks.js';

const TEST_MS = 200_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** 10:00 in Shanghai, in UTC: at night reminders wait for the morning. */
const TEN_MS = 2 * 60 * MINUTE_MS;
let clock: Awaited<ReturnType<typeof openClockStage>>;
let stage: Stage;
beforeAll(async () => {
  clock = await openClockStage();
  stage = clock.stage;
  clock.setClock((Math.floor(clock.now() / DAY_MS) + 1) * DAY_MS + TEN_MS - Date.now());
}, TEST_MS);
afterAll(() => stage.close());

const valueOf = ({ data }: { data: unknown }): string =>
  typeof data === 'string'
    ? data
    : encodeButton((data instanceof Pressed ? data.action.value : data) as { id: string; value: string });
const clockOf = (at: number): string =>
  new Intl.DateTimeFormat('zh-CN', { timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(at);
/** Without what differs of itself: numbers asked for, and the account that is told its own name. */
const sentence = (text: string | null) =>
  (text ?? '').replace(/[A-Z]{2}-[\d-]+/g, 'N').replace(/(?:telegram|feishu):\w+/g, 'A');

describe.each(['telegram', 'feishu'] as const)('on %s', (platform) => {
  it(
    'a reminder of a group is neither read nor put off by a stranger',
    async () => {
      const group = groupOf(platform);
      const dueAt = (Math.floor(clock.now() / MINUTE_MS) + 2) * MINUTE_MS;
      const deed = { place: group, who: bound(platform), text: `${clockOf(dueAt)}提醒大家交水库值班表` };
      const id = /TX-[\d-]+/.exec((await told(stage, deed)) ?? '')?.[0];
      expect(id).toBeDefined();
      await clock.sleepUntil(dueAt);
      expect(await stage.hears(group, /交水库值班表/, 1, 15_000)).not.toBeNull();
      // A group's reminder has no buttons, but whoever knows those of another can guess.
      for (const action of ['rem-other', 'rem-hour', 'rem-morning', 'rem-done', 'rem-stop']) {
        const answer = await told(stage, { place: stranger(platform), data: `${action} ${id}@${dueAt}/0` });
        expect(answer).not.toBeNull();
        expect(answer).not.toMatch(/水库值班表|再提醒|改到什么时候|已标记完成|已取消/);
      }
    },
    TEST_MS,
  );

  it(
    'an account that nobody knows learns no names, posts or telephones',
    async () => {
      const place = stranger(platform);
      expect(await told(stage, { place, text: '路灯坏了归谁管' })).toContain('住房和城乡建设局');
      const button = stage
        .saidIn(place)
        .at(-1)
        ?.buttons.map(valueOf)
        .find((data) => /^(?:not-this|township|file) /.test(data ?? ''));
      expect(button).toBeDefined();
      const pressed = await told(stage, { place, data: `contact ${button?.split(' ')[1]}` });
      const asked = await told(stage, { place, text: '找谁' });
      for (const text of [pressed, asked]) {
        expect(text).not.toBeNull();
        expect(text).not.toMatch(/住建局负责人|住建局经办/);
      }
    },
    TEST_MS,
  );

  it(
    'a stranger does not learn whether a case exists',
    async () => {
      const caller = bound(platform);
      const number = await fileRequest(caller);
      const real = await told(stage, { place: stranger(platform), text: `${number}到期前一天提醒我` });
      const none = await told(stage, { place: stranger(platform), text: 'QS-2026-999999到期前一天提醒我' });
      expect(sentence(real)).toBe(sentence(none));
      expect(await told(stage, { place: stranger(platform), text: `进度 ${number}` }).then(sentence)).toBe(
        await told(stage, { place: stranger(platform), text: '进度 QS-2026-999999' }).then(sentence),
      );
    },
    TEST_MS,
  );

  it(
    '我的提醒 in a group lists none of the private ones',
    async () => {
      const caller = bound(platform);
      await told(stage, { place: caller, text: '明天上午九点提醒我去医院复查' });
      const said = await told(stage, { place: groupOf(platform), who: caller, text: '我的提醒' });
      expect(said).not.toBeNull();
      expect(said).not.toContain('医院复查');
    },
    TEST_MS,
  );

  it(
    'whoever tries to cancel the reminder of another learns nothing of its owner',
    async () => {
      const said = await told(stage, { place: bound(platform), text: '明天上午十点提醒我去纪委谈话' });
      const id = /TX-[\d-]+/.exec(said ?? '')?.[0] ?? 'none';
      const real = await told(stage, { place: stranger(platform), data: `rem-cancel ${id}` });
      const none = await told(stage, { place: stranger(platform), data: 'rem-cancel TX-2026-999999' });
      expect(real).not.toBeNull();
      expect(real).not.toMatch(/干部\d|镇|乡|纪委/);
      expect(sentence(real)).toBe(sentence(none));
    },
    TEST_MS,
  );

  /** The number of a request that was filed with all its steps. */
  async function fileRequest(place: ReturnType<typeof bound>): Promise<string> {
    await told(stage, { place, text: '呼叫 住建局 东街路灯全部不亮' });
    const before = stage.saidIn(place).length;
    await give(stage, { place, data: 'draft-send' });
    const said = await stage.hears(place, /QS-\d{4}-\d{6}/, before, 5_000);
    return /QS-\d{4}-\d{6}/.exec(said?.content ?? '')?.[0] ?? 'QS-2026-000001';
  }
});
