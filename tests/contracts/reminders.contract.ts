/** What every store promises about reminders and their occurrences (core/ports.ts). */
import { beforeEach, describe, expect, it } from 'vitest';
import { OCCURRENCE_STATUSES, type Occurrence, type Reminder } from '../../src/core/reminder.js';
import { KEEP_OCCURRENCES_MS } from '../../src/store/keep.js';
import { START } from '../helpers/clock.js';
import { GROUP, makeOccurrence, makeReminder, OTHER, SELF } from '../helpers/reminders.js';
import type { Current } from './current.js';
import type { Change, Store } from '../../src/core/store.js';
import type { OccurrenceFilter, ReminderFilter } from '../../src/core/filters.js';

const CONFLICT = { name: 'BotError', code: 'CONFLICT' };
const save = (reminder: Reminder, expectedVersion = reminder.version): Change => ({
  kind: 'reminder',
  reminder,
  expectedVersion,
});
const put = (occurrence: Occurrence, expectedVersion = occurrence.version): Change => ({
  kind: 'occurrence',
  occurrence,
  expectedVersion,
});
const note = (text: string, at = START): Change => ({
  kind: 'note',
  note: { at, topic: 'no-row', text, rows: [], edition: 'e' },
});

const unit = { kind: 'unit' as const, organization: '石桥镇' };
const li = { account: 'console:李四', name: '李四', organization: '县住房和城乡建设局' };

/** In the order in which they were made. */
const REMINDERS: Reminder[] = [
  makeReminder({ id: 'TX-2026-000001', createdAt: START }),
  makeReminder({ id: 'TX-2026-000002', createdAt: START, to: [SELF, OTHER, unit] }),
  makeReminder({ id: 'TX-2026-000003', createdAt: START + 1, to: [GROUP], status: 'cancelled' }),
  makeReminder({
    id: 'TX-2026-000004',
    createdAt: START + 2,
    owner: li,
    source: 'duty',
    reference: 'flood',
    to: [unit],
  }),
  makeReminder({
    id: 'TX-2026-000005',
    createdAt: START + 3,
    owner: li,
    source: 'measure',
    reference: 'flood',
    to: [GROUP, OTHER],
    status: 'ended',
  }),
];

const FILTERS: [string, ReminderFilter, number[]][] = [
  ['nothing', {}, [5, 4, 3, 2, 1]],
  ['the owner', { owner: 'console:张三' }, [3, 2, 1]],
  ['an owner who has none', { owner: 'console:王五' }, []],
  ['an account that is reached', { recipient: 'console:李四' }, [5, 2]],
  ['a group that is reached', { recipient: 'console:g:group' }, [5, 3]],
  ['a unit that is reached', { recipient: '石桥镇' }, [4, 2]],
  ['the source', { source: 'duty' }, [4]],
  ['the reference', { reference: 'flood' }, [5, 4]],
  ['source and reference', { source: 'measure', reference: 'flood' }, [5]],
  ['active', { isActive: true }, [4, 2, 1]],
  ['not active', { isActive: false }, [5, 3]],
  ['owner, recipient and active', { owner: 'console:张三', recipient: 'console:李四', isActive: true }, [2]],
  ['owner and source', { owner: 'console:李四', source: 'measure' }, [5]],
  [
    'recipient, reference, not active',
    { recipient: 'console:李四', reference: 'flood', isActive: false },
    [5],
  ],
];

const HOUR_MS = 3_600_000;
const occurrence = (name: string, parts: Partial<Occurrence>): Occurrence =>
  makeOccurrence({ ...parts, id: name });
/** By their due instants; `b@` and `a/` at the same. */
const OCCURRENCES: Occurrence[] = [
  occurrence('d@1/0', { dueAt: START, reminder: 'R1', status: 'sent' }),
  occurrence('a@2/0', { dueAt: START + HOUR_MS, reminder: 'R2', to: OTHER }),
  occurrence('a@2/0e1', { dueAt: START + HOUR_MS, reminder: 'R2', to: GROUP, status: 'done' }),
  occurrence('a@2/1', { dueAt: START + HOUR_MS, reminder: 'R1', to: unit, status: 'claimed' }),
  occurrence('a@2/10', { dueAt: START + HOUR_MS, reminder: 'R2', status: 'skipped', reason: '已取消' }),
  occurrence('a@2/s0', { dueAt: START + HOUR_MS, reminder: 'R1' }),
  occurrence('c@3/0', {
    dueAt: START + 2 * HOUR_MS,
    reminder: 'R1',
    status: 'acknowledged',
    digest: '2026-03-02',
  }),
];

const OCCURRENCE_FILTERS: [string, OccurrenceFilter, number[]][] = [
  ['nothing', {}, [0, 1, 2, 3, 4, 5, 6]],
  ['the reminder', { reminder: 'R1' }, [0, 3, 5, 6]],
  ['an account', { recipient: 'console:张三' }, [0, 4, 5, 6]],
  ['a group', { recipient: 'console:g:group' }, [2]],
  ['a unit', { recipient: '石桥镇' }, [3]],
  ['one status', { statuses: ['planned'] }, [1, 5]],
  ['several, ended ones among them', { statuses: ['skipped', 'claimed', 'done'] }, [2, 3, 4]],
  ['no status', { statuses: [] }, []],
  ['from', { from: START + HOUR_MS }, [1, 2, 3, 4, 5, 6]],
  ['to, not included', { to: START + HOUR_MS }, [0]],
  ['from and to', { from: START + 1, to: START + HOUR_MS + 1 }, [1, 2, 3, 4, 5]],
  ['reminder, recipient, status', { reminder: 'R2', recipient: 'console:李四', statuses: ['planned'] }, [1]],
  ['recipient and time', { recipient: 'console:张三', from: START + 1, statuses: ['planned'] }, [5]],
];

export function reminderContract({ store: storeOf, reopen: reopenStore }: Current): void {
  describe('reminders and occurrences', () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });
    const reopen = async () => (store = await reopenStore());

    it('gives back what was saved, one version on', async () => {
      const [reminder] = REMINDERS;
      const [kept] = OCCURRENCES;
      if (!reminder || !kept) throw new Error('no samples');
      await store.commit([save(reminder), put(kept)]);
      expect(await store.getReminder(reminder.id)).toEqual({ ...reminder, version: 1 });
      expect(await store.getOccurrence(kept.id)).toEqual({ ...kept, version: 1 });
      expect(await store.getReminder('TX-2026-000099')).toBeNull();
      expect(await store.getOccurrence('x@1/0')).toBeNull();
    });

    it('keeps every part of both over a restart', async () => {
      const reminder = makeReminder({
        reference: 'r',
        when: {
          kind: 'recurring',
          rule: {
            rrule: 'FREQ=MONTHLY;BYMONTHDAY=25',
            from: '2026-01-01',
            times: [540, 900],
            special: { kind: 'lunar', month: null, day: 15 },
            shift: 'next',
            lead: { days: 1, workdays: 2 },
          },
        },
        to: [SELF, GROUP, unit],
        late: 'merge',
        isUrgent: true,
        channel: 'digest',
        edits: 3,
        nextAt: START + 5,
        ruleAt: START + 4,
      });
      const kept = makeOccurrence({
        status: 'failed',
        reason: '各种途径都没有送达',
        digest: '2026-03-03',
        isUrgent: true,
        hops: [
          { at: START, to: 'console:d:x', outcome: 'failed', reason: 'blocked' },
          { at: START + 1, to: 'console:g:y', outcome: 'pending' },
        ],
      });
      await store.commit([save(reminder), put(kept)]);
      await reopen();
      expect(await store.getReminder(reminder.id)).toEqual({ ...reminder, version: 1 });
      expect(await store.getOccurrence(kept.id)).toEqual({ ...kept, version: 1 });
      expect(await store.findReminders({ recipient: '石桥镇' })).toHaveLength(1);
      expect(await store.findOccurrences({ reminder: kept.reminder })).toHaveLength(1);
    });

    it.each(OCCURRENCE_STATUSES)('keeps an occurrence that is %s', async (status) => {
      await store.commit([put(makeOccurrence({ status }))]);
      await reopen();
      expect(await store.findOccurrences({ statuses: [status] })).toMatchObject([{ status, version: 1 }]);
    });

    describe.each([
      ['reminder', (version: number) => save(makeReminder(), version)],
      ['occurrence', (version: number) => put(makeOccurrence(), version)],
    ] as const)('the version of a %s', (_, change) => {
      it('counts commits, and an older one is refused', async () => {
        await store.commit([change(0)]);
        await expect(store.commit([change(0)])).rejects.toMatchObject(CONFLICT);
        await expect(store.commit([change(2)])).rejects.toMatchObject(CONFLICT);
        await store.commit([change(1)]);
        await expect(store.commit([change(1)])).rejects.toMatchObject(CONFLICT);
        await reopen();
        await expect(store.commit([change(1)])).rejects.toMatchObject(CONFLICT);
        await store.commit([change(2)]);
      });

      it('goes up within one commit', async () => {
        await store.commit([change(0), change(1)]);
        await expect(store.commit([change(2), change(2)])).rejects.toMatchObject(CONFLICT);
        await store.commit([change(2)]);
      });

      it('lets one of many at once win', async () => {
        const results = await Promise.allSettled(
          Array.from({ length: 8 }, (_, i) => store.commit([note(String(i)), change(0)])),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await store.listNotes()).toHaveLength(1);
      });

      it('that is refused takes the rest of the commit with it', async () => {
        await store.commit([change(0)]);
        const timer = { key: 't', runAt: START, kind: 'reminder', payload: {} };
        const others: Change[] = [
          note('一'),
          { kind: 'schedule', timer },
          save(makeReminder({ id: 'TX-2026-000002' })),
          put(makeOccurrence({ id: 'x@1/0' })),
        ];
        await expect(store.commit([...others, change(0)])).rejects.toMatchObject(CONFLICT);
        expect(await store.listNotes()).toEqual([]);
        expect(await store.getTimer('t')).toBeNull();
        expect(await store.getReminder('TX-2026-000002')).toBeNull();
        expect(await store.findReminders({ owner: 'console:张三' })).toHaveLength(
          (await store.getReminder('TX-2026-000001')) ? 1 : 0,
        );
        expect(await store.getOccurrence('x@1/0')).toBeNull();
      });
    });

    it('undoes both when another part of the commit is refused', async () => {
      await store.commit([save(makeReminder()), put(makeOccurrence())]);
      const changed = makeReminder({ version: 1, to: [GROUP], status: 'cancelled' });
      const lost: Change = { kind: 'timerDone', key: 'none', lease: 'l' };
      const moved = put(makeOccurrence({ version: 1, status: 'skipped' }));
      await expect(store.commit([save(changed), moved, lost])).rejects.toMatchObject(CONFLICT);
      expect(await store.findReminders({ recipient: 'console:张三', isActive: true })).toHaveLength(1);
      expect(await store.findReminders({ recipient: 'console:g:group' })).toEqual([]);
      expect(await store.findOccurrences({ statuses: ['planned'] })).toHaveLength(1);
    });

    it.each(FILTERS)('finds reminders by %s, newest first', async (_, filter, expected) => {
      await store.commit(REMINDERS.map((it) => save(it)));
      const found = await store.findReminders(filter);
      expect(found.map(({ id }) => Number(id.slice(-6)))).toEqual(expected);
    });

    it.each(OCCURRENCE_FILTERS)('finds occurrences by %s, by their instants', async (_, filter, expected) => {
      await store.commit(OCCURRENCES.toReversed().map((it) => put(it)));
      const found = await store.findOccurrences(filter);
      expect(found.map(({ id }) => id)).toEqual(expected.map((i) => OCCURRENCES[i]?.id));
    });

    it('finds them by what they have become', async () => {
      await store.commit([save(makeReminder({ to: [SELF, OTHER] })), put(makeOccurrence())]);
      await store.commit([
        save(makeReminder({ version: 1, to: [OTHER], status: 'ended' })),
        put(makeOccurrence({ version: 1, status: 'done', to: OTHER })),
      ]);
      expect(await store.findReminders({ recipient: 'console:张三' })).toEqual([]);
      expect(await store.findReminders({ isActive: true })).toEqual([]);
      expect(await store.findReminders({ recipient: 'console:李四', isActive: false })).toHaveLength(1);
      expect(await store.findOccurrences({ recipient: 'console:张三' })).toEqual([]);
      expect(await store.findOccurrences({ statuses: ['planned'] })).toEqual([]);
      expect(await store.findOccurrences({ recipient: 'console:李四', statuses: ['done'] })).toHaveLength(1);
    });

    it('gives copies', async () => {
      await store.commit([save(makeReminder()), put(makeOccurrence())]);
      const [found] = await store.findReminders({});
      const [due] = await store.findOccurrences({});
      found?.to.push(GROUP);
      due?.hops.push({ at: 1, to: 'x', outcome: 'sent' });
      expect((await store.getReminder('TX-2026-000001'))?.to).toEqual([SELF]);
      expect((await store.findOccurrences({}))[0]?.hops).toEqual([]);
    });

    it('drops what has passed when its time is over, and nothing else', async () => {
      const later = START + KEEP_OCCURRENCES_MS + 1;
      await store.commit([
        save(makeReminder({ status: 'ended' })),
        ...OCCURRENCE_STATUSES.flatMap((status) => [
          put(makeOccurrence({ id: `old ${status}`, status, changedAt: START })),
          put(makeOccurrence({ id: `new ${status}`, status, changedAt: START + 2 })),
        ]),
      ]);
      // The newest instant that was ever stored is now; it is looked at every so often and at the end.
      const touch = (): Promise<unknown> =>
        store.commit([
          { kind: 'record', entry: { at: later, kind: 'timer', actor: null, update: null, data: {} } },
        ]);
      await touch();
      await reopen();
      await touch();
      await touch();
      await reopen();
      const kept = (await store.findOccurrences({})).map(({ id }) => id).sort();
      const waiting = ['planned', 'claimed'].map((status) => `old ${status}`);
      expect(kept).toEqual([...OCCURRENCE_STATUSES.map((status) => `new ${status}`), ...waiting].sort());
      expect(await store.findReminders({})).toHaveLength(1);
    });
  });
}
