/** Recurring duties in words and cards. Pure. */
import { formatInstant } from '../calendar/local.js';
import type { Button, Card } from '../core/card.js';
import type { Reminder } from '../core/reminder.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Duty } from './duties.js';
import { rowKey } from '../core/domain.js';

export const DUTY_ACTIONS = { on: 'duty-on', off: 'duty-off' } as const;

/** What the reminder says, with the first row that the edition in force has. */
export function dutyText({ name, text, rows }: Duty, entries: readonly IndexedRow[]): string {
  const cited = rows
    .map((key) => entries.find(({ row }) => rowKey(row) === key))
    .find((entry) => entry !== undefined);
  return `${name}:${text}${cited ? `(依据《${cited.list.title}》第${cited.row.number}项)` : ''}`;
}

/** `waits`: planned as soon as the coming year has its calendar. */
export const nextText = ({ nextAt }: Pick<Reminder, 'nextAt'>, now: number): string =>
  nextAt === null ? '下次待录入下一年度节假日安排后确定' : `下次${formatInstant(nextAt, now)}`;

/** `subscriptions`: the active ones of the unit by the id of their duty. `head` is said above the list. */
export function dutyListCard(
  unit: string,
  duties: readonly Duty[],
  subscriptions: ReadonlyMap<string, Reminder>,
  { mayAct, head, now }: { mayAct: boolean; head: string; now: number },
): Card {
  const count = duties.filter(({ id }) => subscriptions.has(id)).length;
  return {
    title: `职责提醒 · ${unit}`,
    blocks: [
      { kind: 'text', text: head },
      ...duties.map(({ id, name, said }) => {
        const subscription = subscriptions.get(id);
        const state = subscription ? `已订阅,${nextText(subscription, now)}` : '未订阅';
        return { kind: 'field' as const, label: name, text: `${said};${state}` };
      }),
      { kind: 'source', text: `共 ${duties.length} 项,已订阅 ${count} 项;提醒并入早间汇总` },
    ],
    buttons: mayAct ? duties.map((duty) => buttonOf(duty, subscriptions.has(duty.id))) : [],
  };
}

const buttonOf = ({ id, name }: Duty, isOn: boolean): Button => ({
  id: isOn ? DUTY_ACTIONS.off : DUTY_ACTIONS.on,
  label: `${isOn ? '退订' : '订阅'} ${name}`,
  value: id,
});
