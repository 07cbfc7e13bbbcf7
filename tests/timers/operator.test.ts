/** The operator's line: once a day, with what happened since the last one, and on quiet days nothing. */
import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../src/core/reminder.js';
import type { Request } from '../../src/core/request.js';
import type { SetAside, StoreReader, Timer, Undelivered } from '../../src/core/store.js';
import type { TimerContext } from '../../src/core/types.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { createOperatorTimer, operatorTimer } from '../../src/timers/operator.js';
import { createSealTimer, sealTimer } from '../../src/timers/seal.js';
import { emptyReader, makeMessage } from '../helpers/context.js';
import { DIRECTORY, person, textsOf, WORLD } from '../helpers/request-world.js';
import { act, at, file, HOUR, NUMBER } from '../helpers/requests.js';

const NOW = at('2026-03-03 08:00');
const YESTERDAY = at('2026-03-02 08:00');
const ADMINISTRATOR = person('管甲', '县大数据局', ['administrator']);

type Found = {
  undelivered?: Undelivered[];
  setAside?: SetAside[];
  requests?: Request[];
  occurrences?: Occurrence[];
  sentTo?: number;
};

async function look(
  { undelivered = [], setAside = [], requests = [], occurrences = [], sentTo }: Found,
  people = [...DIRECTORY.people, ADMINISTRATOR],
) {
  const directory = createDirectory({ ...DIRECTORY, posts: [], people });
  const read: StoreReader = {
    ...emptyReader,
    listUndelivered: () => Promise.resolve(undelivered),
    findOccurrences: () => Promise.resolve(occurrences),
    listSetAside: () => Promise.resolve(setAside),
    findRequests: () => Promise.resolve({ requests, total: requests.length }),
    getTimer: () => Promise.resolve(sealTimer(YESTERDAY, sentTo).timer),
  };
  const { timer } = operatorTimer(YESTERDAY);
  const effects = await createOperatorTimer({
    platforms: WORLD.platforms,
    knowledge: () => ({ directory }) as never,
  })({ update: { kind: 'timer', id: 't', at: NOW, timer }, now: NOW, read } as unknown as TimerContext);
  const next = effects.flatMap((it) => (it.kind === 'schedule' ? [it.timer] : []));
  return { texts: textsOf(effects), next };
}

const lost = (hour: number, outcome: Undelivered['outcome'] = 'failed', key = `u${hour}#0`): Undelivered => ({
  ...{ key, outcome, reason: '' },
  at: YESTERDAY + hour * HOUR,
});

const occurrenceOf = (changedAt: number, name: string): Occurrence => ({
  ...{ id: `o${changedAt}`, version: 1, reminder: 'TX-2026-000001', text: '', dueAt: changedAt },
  to: { kind: 'person', account: `console:${name}`, name, organization: '柳林镇' },
  ...{ status: 'failed', isUrgent: false, hops: [], changedAt },
});

describe('the line', () => {
  it('is not said where there is nothing to say, and comes again tomorrow', async () => {
    const { texts, next } = await look({ undelivered: [lost(-1)], sentTo: 2 });
    expect(texts).toEqual([]);
    expect(next).toMatchObject([{ key: 'operator', runAt: at('2026-03-04 08:00'), payload: { since: NOW } }]);
  });

  it('says how much did not arrive, of whom, and what was set aside', async () => {
    const request = act(
      file('call'),
      { kind: 'unreached', assignment: 'A1', chat: 'console:d:x', name: '水甲' },
      null,
      YESTERDAY + HOUR,
    );
    const aside = { update: makeMessage(), at: YESTERDAY + HOUR, reason: '' };
    const { texts } = await look({
      undelivered: [lost(1), lost(2), lost(3, 'uncertain')],
      setAside: [aside, { ...aside, at: YESTERDAY - HOUR }],
      requests: [request],
      occurrences: [YESTERDAY - HOUR, YESTERDAY + HOUR].map((changedAt, i) =>
        occurrenceOf(changedAt, i ? '镇甲' : '镇乙'),
      ),
      sentTo: 2,
    });
    expect(request.number).toBe(NUMBER);
    expect(texts).toEqual([
      '管甲: 运行情况(3月3日(周二)08:00):2条消息没有送达;1条消息是否送达不能确定;联系不上的:镇甲(柳林镇)、水甲(县水利局);1条来信没有处理成功。详情请在服务器上运行 npm run undelivered。',
    ]);
  });

  it.each([
    ['to nobody', 0, 0, '台账封签没有可以送达的编办或督办人员'],
    ['to none of them', 2, 2, '台账封签没有送达'],
    ['to some of them', 2, 1, '台账封签有1人没有送达(共2人)'],
  ])('says that the seal went %s', async (_, sentTo, failed, said) => {
    const undelivered = Array.from({ length: failed }, (_, i) => lost(10, 'failed', `timer:seal@1#${i}`));
    expect((await look({ undelivered, sentTo })).texts.join()).toContain(said);
  });

  it('goes to the office that keeps the lists where no administrator can be written to', async () => {
    const { texts } = await look({ undelivered: [lost(1)] }, [...DIRECTORY.people]);
    expect(texts.map((it) => it.split(':')[0])).toEqual(['编甲']);
  });
});

it('a seal notes to how many it went; without a record it goes to nobody and says nothing', async () => {
  const seal = (head: { seq: number; hash: string } | null) =>
    createSealTimer({
      platforms: WORLD.platforms,
      knowledge: () => ({ directory: DIRECTORY }) as never,
    })({
      now: NOW,
      read: { ...emptyReader, getRecordHead: () => Promise.resolve(head) },
    } as unknown as TimerContext);
  const payloads = async (head: { seq: number; hash: string } | null) =>
    (await seal(head)).flatMap((it) => (it.kind === 'schedule' ? [(it.timer satisfies Timer).payload] : []));
  expect(await payloads({ seq: 1, hash: 'h' })).toEqual([{ sentTo: 2 }]);
  expect(await payloads(null)).toEqual([{}]);
});
