/** Effects -> changes of the store, with the messages and the line of the record among them. Pure. */
import type { Context, Effect, TimerContext, Update } from './types.js';
import { conversationKey, type Heard } from './chat.js';
import { roomKeyOf, shownOf, withSpoken } from './session.js';
import type { Change, Outgoing, RecordEntry } from './store.js';

export type Origin = {
  update: Update;
  now: number;
  /** Edition in force, noted beside remarks and answers. */
  edition: string;
};

/** What a person said or pressed: the effects, and one line of the record for the answer. */
export function interpretHeard(
  ctx: Context,
  effects: Effect[],
  sessionKey: string,
  edition: string,
): Change[] {
  const origin = { update: ctx.update, now: ctx.now, edition };
  const kept = effects.map((e) =>
    e.kind === 'setSession' && e.session ? { ...e, session: withSpoken(e.session, ctx.session) } : e,
  );
  const changes = interpret(kept, origin, { heard: ctx.update, sessionKey });
  const { intent, via } = ctx.match;
  const sessions = effects.flatMap((e) => (e.kind === 'setSession' && e.session ? [e.session] : []));
  const rows = sessions.flatMap(({ focus, offered }) => (focus ? [focus] : offered));
  changes.push({
    kind: 'record',
    entry: entryOf(origin, 'answer', { intent, via, edition, ...(rows.length > 0 && { rows }) }),
  });
  return changes;
}

/** An answer that came before anything was understood. */
export const interpretGate = (update: Heard, now: number, effects: Effect[], edition: string): Change[] =>
  interpret(effects, { update, now, edition }, { heard: update, sessionKey: '' });

export const interpretTimer = (
  ctx: Pick<TimerContext, 'update' | 'now'>,
  effects: Effect[],
  edition: string,
): Change[] => interpret(effects, { update: ctx.update, now: ctx.now, edition }, null);

/** `talk` is null for a timer: it has no session, and nobody to reply to. */
function interpret(
  effects: Effect[],
  origin: Origin,
  talk: { heard: Heard; sessionKey: string } | null,
): Change[] {
  const { update, now, edition } = origin;
  const changes: Change[] = [];
  const outgoing: Outgoing[] = [];
  const owner = update.kind === 'timer' ? undefined : `${update.user.platform}:${update.user.id}`;
  const needTalk = (kind: string) => {
    if (!talk) throw new Error(`${update.id}: a timer has nobody for an effect of the kind ${kind}`);
    return talk;
  };
  for (const effect of talk ? inPlaceOfForm(effects, talk.heard) : effects) {
    const key = `${update.id}#${outgoing.length}`;
    switch (effect.kind) {
      case 'reply':
      case 'edit': {
        const { conversation, messageId } = needTalk(effect.kind).heard;
        outgoing.push({
          key,
          conversation,
          reply: effect.reply,
          ...(!conversation.isDirect && owner && { owner }),
          ...(effect.kind === 'edit'
            ? { editMessageId: effect.messageId }
            : !conversation.isDirect && { replyTo: messageId }),
        });
        break;
      }
      case 'send': {
        const { to, reply, slot, occurrence, isUrgent, buzz } = effect;
        const rank = isUrgent || talk ? 1 : 2;
        outgoing.push({
          key,
          conversation: to,
          reply,
          rank,
          ...(slot !== undefined && { slot }),
          ...(buzz && { buzz }),
          ...(occurrence !== undefined && { occurrence }),
          // The sending of an occurrence is told to its ledger, which goes on by another way.
          ...(occurrence === undefined && owner && { owner }),
        });
        break;
      }
      case 'setSession': {
        const { sessionKey, heard } = needTalk(effect.kind);
        changes.push({ kind: 'session', key: sessionKey, session: effect.session });
        const room = roomKeyOf(heard);
        const shown = effect.session && shownOf(effect.session);
        if (room && shown) changes.push({ kind: 'session', key: room, session: shown });
        break;
      }
      case 'note':
        changes.push({
          kind: 'note',
          note: {
            at: now,
            topic: effect.topic,
            text: effect.text,
            rows: effect.rows,
            edition,
            ...(effect.verdict && { verdict: effect.verdict }),
            ...(effect.unit && { unit: effect.unit }),
          },
        });
        break;
      case 'record':
        changes.push({
          kind: 'record',
          entry: {
            ...entryOf(origin, effect.what, effect.data),
            ...(effect.request && { request: effect.request }),
          },
        });
        break;
      default:
        changes.push(effect);
    }
  }
  if (talk && isAsking(effects)) markAsking(outgoing, talk.heard);
  for (const message of outgoing) changes.push({ kind: 'outgoing', message, runAt: now });
  return changes;
}

/** What was filled in is not filled in again: the answer stands where the form stood. */
function inPlaceOfForm(effects: Effect[], heard: Heard): Effect[] {
  const isForm = heard.kind === 'action' ? heard.action.filled !== undefined : heard.isFromCard === true;
  const isReplaced = effects.some((it) => it.kind === 'edit' && it.messageId === heard.messageId);
  const at = effects.findIndex((it) => it.kind === 'reply' && !('attachment' in it.reply));
  const first = effects[at];
  if (!isForm || isReplaced || first?.kind !== 'reply') return effects;
  return effects.with(at, { kind: 'edit', messageId: heard.messageId, reply: first.reply });
}

/** A dialogue waits for words after these effects. */
const isAsking = (effects: Effect[]): boolean => {
  const last = effects.findLast((effect) => effect.kind === 'setSession');
  return last?.kind === 'setSession' && Boolean(last.session?.flow?.asks);
};

/** The last of what is said in the group asks for them. */
function markAsking(outgoing: Outgoing[], { conversation }: Heard): void {
  if (conversation.isDirect) return;
  const here = conversationKey(conversation);
  const last = outgoing.findLast(
    (it) => conversationKey(it.conversation) === here && !('attachment' in it.reply) && it.slot === undefined,
  );
  if (last) last.asks = true;
}

const entryOf = (
  { update, now }: Pick<Origin, 'update' | 'now'>,
  kind: RecordEntry['kind'],
  data: RecordEntry['data'],
): RecordEntry => ({
  at: now,
  kind,
  actor: update.kind === 'timer' ? null : `${update.user.platform}:${update.user.id}`,
  update: update.id,
  data,
});
