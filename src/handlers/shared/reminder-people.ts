/** Who is taken off, added, or put in the place of another while it is read back to whom it goes. Pure. */
import { personRecipient, type PersonRecipient, type Recipient } from '../../core/reminder.js';
import type { Directory } from '../../organizations/directory.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { namedRecipients } from '../../reminders/recipient-names.js';
import type { ReminderFlow } from './flow-shapes.js';
import { contactOf } from './reminder-called.js';

const LESS =
  /去掉|拿掉|不(?:用|要|通知|叫|喊|发给|提醒)|除了|删掉|划掉|(?:别|甭)(?:通知|叫|喊|发|提醒)|(?:不(?:来|去|参加)|[来去]不了)了?/;
const MORE =
  /加上?|还有|再(?:叫|喊|通知|加|发)|也(?:叫|喊|通知|发|提醒|要?[来去]|得[来去]|参加)|带上|算上|叫上|喊上/;
const INSTEAD = /换|改成|改为|[替代]/;
/** 先别发,等陈丙定了再说: it is to wait, whoever is named. */
const WAITS = /先(?:别|不|放|等)|等(?!一?[下等]|会)|再(?:说|想|看)|[?\uff1f吗]$/;

/** 去掉沈乙 · 再加上吕乙 · 沈乙换成吕乙: the recipients as they would be; null where nobody is named so. */
export function otherPeople(
  raw: string,
  { to, notice }: ReminderFlow,
  { directory }: ReminderWorld,
): Recipient[] | null {
  if (WAITS.test(raw)) return null;
  const replaced = INSTEAD.test(raw) ? replacedIn(raw, to, directory) : null;
  if (replaced) return replaced;
  if (LESS.test(raw)) {
    const gone = namedRecipients(to, raw).map((it) => it.recipient);
    const said = new Set(directory.mentions(raw).map(({ unit }) => unit));
    const left = to.filter((it) => !gone.includes(it) && !(it.kind === 'unit' && said.has(it.organization)));
    return left.length > 0 && left.length < to.length ? left : null;
  }
  if (!MORE.test(raw)) return null;
  const longest = othersIn(raw, to, directory);
  if (longest.length > 0) return [...to, ...longest];
  // 加上水利局: of a notice whoever takes that unit's messages.
  const units = [...new Set(directory.mentions(raw).map(({ unit }) => unit))].flatMap((unit): Recipient[] => {
    const contact = notice ? contactOf(unit, directory) : null;
    return notice
      ? contact && !isAmong(to, contact)
        ? [contact]
        : []
      : [{ kind: 'unit', organization: unit }];
  });
  const added = units.filter(
    (it) =>
      !to.some(
        (other) => it.kind === 'unit' && other.kind === 'unit' && other.organization === it.organization,
      ),
  );
  return added.length > 0 ? [...to, ...added] : null;
}

const isAmong = (to: readonly Recipient[], { account }: PersonRecipient): boolean =>
  to.some((it) => it.kind === 'person' && it.account === account);

/** People whom the words name and to whom it does not go yet. */
function othersIn(raw: string, to: readonly Recipient[], { people }: Directory): PersonRecipient[] {
  const more = people
    .filter(({ name }) => name.length > 1 && raw.includes(name))
    .flatMap((person) => personRecipient(person) ?? [])
    .filter((person) => !isAmong(to, person));
  return more.filter(({ name }) => !more.some((it) => it.name !== name && it.name.includes(name)));
}

/** In the place of who is named and gives way; of one alone whoever it is. */
function replacedIn(raw: string, to: readonly Recipient[], directory: Directory): Recipient[] | null {
  const gone = namedRecipients(to, raw).map((it) => it.recipient);
  const next = othersIn(raw, to, directory);
  // 加上吕乙,改成三点: nobody gives way.
  const [first = to.length === 1 && !MORE.test(raw) ? to[0] : undefined] = gone;
  if (first === undefined || next.length === 0) return null;
  return to.flatMap((it) => (it === first ? next : gone.includes(it) ? [] : [it]));
}
