/** 应用内加急: people are alerted of a message that is there; in a group, who cannot be is written to directly. */
import { BotError, errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import type { Outgoing } from '../../core/store.js';
import type { FeishuApi } from './api.js';
import { textOf } from './masked.js';
import { renderText } from './render.js';

export type AlertOptions = {
  api: Pick<FeishuApi, 'buzz' | 'create'>;
  log: Logger;
  /** The key of a repeated send from ours. */
  uuidOf: (key: string) => string;
};

/** Page urgent_app: at most so many at once. */
const AT_ONCE = 200;

const LEAD = '【紧急】已发到本单位工作群,请到群内办理。';

/** Never rejects: the message is there, whatever becomes of the alert. What an operator must mend is an error of the log. */
export function createAlerts({ api, log, uuidOf }: AlertOptions) {
  const say = (key: string, error: unknown): void => {
    const isForOperator = error instanceof BotError && error.code === 'BLOCKED';
    const fields = { key, error: errorText(error), ...(isForOperator && { remedy: error.remedy }) };
    log[isForOperator ? 'error' : 'warn'](fields, 'people are not alerted, the message is there');
  };

  /** Resolves to those who were not alerted. */
  async function alert(messageId: string, people: string[], key: string): Promise<string[]> {
    try {
      return await api.buzz(messageId, people);
    } catch (error) {
      say(key, error);
      return people;
    }
  }

  async function writeTo(person: string, { key, reply }: Outgoing, onCall: () => void): Promise<void> {
    const own = `${key}/${person}`;
    try {
      onCall();
      const messageId = await api.create(person, renderText(`${LEAD}\n${textOf(reply)}`), uuidOf(own));
      if (messageId) await alert(messageId, [person], own);
    } catch (error) {
      log.error({ key: own, error: errorText(error) }, 'a person of the group is not written to directly');
    }
  }

  return async (messageId: string, message: Outgoing, onCall: () => void): Promise<void> => {
    const { buzz = [], conversation, key } = message;
    const people = buzz.flatMap((it) => (it.startsWith('feishu:') ? [it.slice('feishu:'.length)] : []));
    for (let from = 0; from < people.length; from += AT_ONCE) {
      const missed = await alert(messageId, people.slice(from, from + AT_ONCE), key);
      if (!conversation.isDirect) for (const person of missed) await writeTo(person, message, onCall);
    }
  };
}
