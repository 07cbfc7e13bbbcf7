/**
 * What the core may expect of every platform, over the real client and a wire that is made up. What is peculiar to one stands
 * in its own test file.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardToText, type Card } from '../../src/core/card.js';
import type { Attachment, Conversation, Heard } from '../../src/core/chat.js';
import type { ErrorCode } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import type { Outgoing } from '../../src/core/store.js';

/** One message as a person sees it. */
export type Shown = {
  chatId?: string;
  threadId?: string;
  replyTo?: string;
  /** The message that it replaced. */
  edited?: string;
  /** False: sent as plain text. */
  isCard: boolean;
  /** What can be read, with what the platform needs as escapes undone. */
  text: string;
  /** Markup that would take effect and is not the adapter's own. */
  live: string[];
  buttons: { label: string; press(): Promise<void> }[];
  file?: { name: string; bytes: Buffer };
};

export type Wire<Fault> = {
  adapter: Adapter;
  /** All that the adapter gave to the core; those that it could not keep, too. */
  heard: Heard[];
  direct: Conversation;
  /** A message of ours that may be answered or edited. */
  known: string;
  /** Resolves when the adapter is through with it. */
  say(text: string, place?: Conversation, isCalled?: boolean): Promise<void>;
  /** Anything that the platform may send. */
  emit(content: object): Promise<void>;
  /** The core cannot keep what comes next. */
  failNext(): void;
  shown(): Shown[];
  fail(what: 'send' | 'edit', fault: Fault): void;
  /** A message with a file that the platform gives out. */
  sendFile(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
};

/** What a platform has; an empty list where it does not know such a thing. */
export type Facts<Fault> = {
  platform: Adapter['name'];
  /** Groups and topics. */
  places: Conversation[];
  /** What is no business of the bot, by what it is. */
  ignored: [what: string, content: object][];
  failures: [why: string, fault: Fault, code: ErrorCode, retryAfterMs?: number][];
  /** Why an old message cannot be replaced, and whether the new one is a card. */
  uneditable: [why: string, fault: Fault, isCard: boolean][];
  refusedCards: [why: string, fault: Fault][];
  isRedelivering: boolean;
  hasFiles: boolean;
  /** Of what is said in groups, only what calls the bot comes at all. */
  hearsOnlyCalls?: boolean;
  /** A card can be replaced just after it was pressed, and only then. */
  replacesOnlyPressed?: boolean;
};

const BYTES = Buffer.from([0, 1, 2, 250, 13, 10]);
const HOSTILE = '<b>1</b> & 2 <at id=all></at> [点](http://x) **粗** &lt; 1. `x` 3<5';

/** A block of every kind, and texts that some markup could take for its own. */
const CARD: Card = {
  title: '路灯 <维护>',
  blocks: [
    { kind: 'text', text: `共 1 项 ${HOSTILE}` },
    { kind: 'field', label: '主体责任 *县*', text: `县城管局 ${HOSTILE}`, isOwn: true },
    { kind: 'field', label: '配合责任', text: '各镇街 & 社区' },
    { kind: 'source', text: '《职责清单》 <2026> 版 第 3 项' },
  ],
  buttons: [
    { id: 'row.show', label: '查看', value: '2026/duty/3', style: 'primary' },
    { id: 'list.next', label: '下一页' },
    { id: 'row.wrong', label: '答错了', value: 'a b "引号"' },
    { id: 'ask-office', label: '请编办答复这个没有列明的问题', value: '路灯' },
  ],
};

export function adapterContract<Fault>(facts: Facts<Fault>, open: () => Promise<Wire<Fault>>): void {
  const { platform, places } = facts;
  describe(`what every platform does: ${platform}`, () => {
    let wire: Wire<Fault>;
    let keys = 0;
    beforeEach(async () => {
      wire = await open();
    });
    afterEach(() => wire.close());

    const deliver = (reply: Outgoing['reply'], more: Partial<Outgoing> = {}, content?: Uint8Array) =>
      wire.adapter.deliver(
        { key: `${platform}:1#${++keys}`, conversation: wire.direct, reply, ...more },
        content,
      );
    const last = (): Shown => {
      const shown = wire.shown().at(-1);
      if (!shown) throw new Error('nothing is shown');
      return shown;
    };

    it('hears a direct message whole', async () => {
      await wire.say('路灯谁管');
      expect(wire.heard).toEqual([
        {
          kind: 'message',
          id: expect.stringMatching(new RegExp(`^${platform}:\\S+$`)) as string,
          conversation: wire.direct,
          user: expect.objectContaining({ platform, id: expect.stringMatching(/./) as string }) as object,
          at: expect.any(Number) as number,
          messageId: expect.stringMatching(/./) as string,
          text: '路灯谁管',
          isAddressed: true,
        },
      ]);
      expect(wire.adapter.name).toBe(platform);
    });

    it('gives each message an id and a message id of its own', async () => {
      for (const text of ['路灯', '路灯']) await wire.say(text);
      expect(new Set(wire.heard.map(({ id }) => id)).size).toBe(2);
      expect(new Set(wire.heard.map(({ messageId }) => messageId)).size).toBe(2);
    });

    it.runIf(facts.isRedelivering)('gives again what could not be kept, as the same', async () => {
      wire.failNext();
      await wire.say('路灯');
      expect(wire.heard).toHaveLength(2);
      expect(wire.heard[1]).toEqual(wire.heard[0]);
    });

    it.each(places)('hears a group and its topics, and who calls the bot: %o', async (place) => {
      await wire.say('今天开会', place);
      await wire.say('路灯谁管', place, true);
      const others = facts.hearsOnlyCalls ? [] : [{ text: '今天开会', isAddressed: false }];
      expect(wire.heard).toMatchObject([...others, { text: '路灯谁管', isAddressed: true }]);
      for (const { conversation } of wire.heard) expect(conversation).toEqual(place);
    });

    it.each(facts.ignored)('drops %s and goes on', async (_, content) => {
      await wire.emit(content);
      await wire.say('然后');
      expect(wire.heard).toMatchObject([{ text: '然后' }]);
    });

    it('shows every kind of block, its texts as they were written, and the buttons in order', async () => {
      const { messageId } = await deliver({ card: CARD });
      expect(messageId).toMatch(/./);
      const shown = last();
      const texts = CARD.blocks.flatMap((it) => (it.kind === 'field' ? [it.label, it.text] : [it.text]));
      let at = 0;
      for (const text of [CARD.title, ...texts]) {
        expect(shown.text.slice(at)).toContain(text);
        at = shown.text.indexOf(text, at) + text.length;
      }
      expect(shown.live).toEqual([]);
      expect(shown.buttons.map(({ label }) => label)).toEqual(CARD.buttons.map(({ label }) => label));
    });

    it('shows a text as it was written', async () => {
      await deliver({ text: HOSTILE });
      expect(last()).toMatchObject({ text: HOSTILE, live: [], buttons: [], isCard: false });
    });

    it('hears each button as what it was, where it was', async () => {
      for (const conversation of [wire.direct, ...places]) {
        wire.heard.length = 0;
        await deliver({ card: CARD }, { conversation });
        for (const button of last().buttons) await button.press();
        expect(wire.heard.map((it) => it.kind === 'action' && it.action)).toEqual(
          CARD.buttons.map(({ id, value = '' }) => ({ id, value })),
        );
        for (const update of wire.heard) expect(update.conversation).toEqual(conversation);
        expect(new Set(wire.heard.map(({ id }) => id)).size).toBe(CARD.buttons.length);
      }
    });

    it.each(places)('speaks into groups and topics: %o', async (conversation) => {
      const { threadId } = conversation;
      const replyTo = threadId ? { replyTo: wire.known } : {};
      await deliver({ text: '好' }, { conversation, ...replyTo });
      const shown = last();
      if (shown.chatId !== undefined) expect(shown.chatId).toBe(conversation.chatId);
      else expect(shown.replyTo).toBe(wire.known);
      if (threadId) expect(shown.replyTo).toBe(wire.known);
    });

    it('replaces a message and says which one shows it now', async () => {
      const { messageId } = await deliver({ card: CARD });
      expect(messageId).not.toBeNull();
      const edit = messageId === null ? {} : { editMessageId: messageId };
      const edited = await deliver({ card: { ...CARD, title: '已签收', buttons: [] } }, edit);
      expect(last()).toMatchObject({ buttons: [] });
      expect(last().text).toContain('已签收');
      // Where nothing can be replaced it is shown again, and that is the one from now on.
      if (wire.adapter.editWindowMs > 0 && !facts.replacesOnlyPressed) {
        expect(edited.messageId).toBe(messageId);
        expect(last().edited).toBe(messageId);
      } else expect(edited.messageId).not.toBe(messageId);
    });

    it.each(facts.uneditable)('sends anew what cannot be replaced: %s', async (_, fault, isCard) => {
      wire.fail('edit', fault);
      const { messageId } = await deliver({ card: CARD }, { editMessageId: wire.known, replyTo: wire.known });
      expect(wire.shown().map(({ edited }) => edited)).toEqual([wire.known, undefined]);
      expect(last()).toMatchObject({ isCard, replyTo: wire.known });
      expect(messageId).not.toBe(wire.known);
    });

    it.each(facts.refusedCards)('sends a card that is refused as text: %s', async (_, fault) => {
      wire.fail('send', fault);
      await deliver({ card: CARD });
      expect(wire.shown()).toHaveLength(2);
      expect(last()).toMatchObject({ isCard: false, text: cardToText(CARD), live: [], buttons: [] });
    });

    it.each(facts.failures)('maps %s', async (_, fault, code, retryAfterMs) => {
      wire.fail('send', fault);
      const sent = deliver({ text: '好' });
      await expect(sent).rejects.toMatchObject({ name: 'BotError', code, retryAfterMs });
    });

    const foreign: Attachment = {
      ...{ platform: platform === 'feishu' ? 'telegram' : 'feishu', kind: 'file', id: 'f' },
      name: '台账 1.xlsx',
    };

    it.each(['file', 'photo'] as const)(
      'sends a %s with its words, and in place of an old message a new one',
      async (kind) => {
        const edit = { editMessageId: wire.known };
        const attachment = { ...foreign, kind };
        const sent = await deliver({ attachment, text: '请看' }, edit, BYTES);
        const shown = wire.shown();
        expect(shown.map(({ text }) => text).join('\n')).toContain('请看');
        expect(sent.messageId).not.toBe(wire.known);
        const bare = await deliver({ attachment, text: '' }, edit, BYTES);
        expect(wire.shown()).toHaveLength(shown.length + 1);
        expect(bare.messageId).not.toBe(wire.known);
        expect(
          wire
            .shown()
            .map(({ edited }) => edited)
            .filter(Boolean),
        ).toEqual([]);
        const label = `${kind === 'file' ? '[文件]' : '[图片]'} 台账 1.xlsx`;
        for (const { file, text } of [shown.find((it) => it.file) ?? last(), last()])
          if (!facts.hasFiles) expect(text).toContain(label);
          else {
            expect(file && BYTES.equals(file.bytes)).toBe(true);
            if (kind === 'file') expect(file?.name).toBe('台账 1.xlsx');
          }
      },
    );

    it('says in a line what file cannot be sent any more', async () => {
      await deliver({ attachment: foreign, text: '' });
      expect(last().text).toContain('[文件] 台账 1.xlsx');
      expect(last().file).toBeUndefined();
    });

    it.runIf(facts.hasFiles)('hears a file, and gives out its bytes', async () => {
      await wire.sendFile(BYTES);
      const [update] = wire.heard;
      const [file] = update?.kind === 'message' ? (update.attachments ?? []) : [];
      expect(file).toMatchObject({ platform, kind: 'file', name: '台账.xlsx' });
      if (file) expect(BYTES.equals(await wire.adapter.download(file))).toBe(true);
    });

    it('has no bytes of what is gone', async () => {
      const gone: Attachment = { platform, kind: 'photo', id: 'gone', messageId: 'gone' };
      await expect(wire.adapter.download(gone)).rejects.toMatchObject({ code: 'TARGET_GONE' });
    });
  });
}
