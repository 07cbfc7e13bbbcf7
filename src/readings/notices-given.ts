/** A notice is given to people who are named: in the usual order, or a meeting called in any. */
import type { Context } from '../core/types.js';
import type { Directory } from '../organizations/directory.js';
import { attendeesFirst } from '../reminders/attendees.js';
import { callsPeople } from '../reminders/audience.js';
import { accountsIn } from '../reminders/concerned.js';
import { meetingSaid } from '../reminders/meeting-said.js';
import { isMeetingNotice } from '../reminders/notice.js';
import { isEveryTownship } from '../reminders/parse.js';
import { whyNotRemind, type Speaker } from '../reminders/permissions.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** Above what is said to any reminder that has just come. */
const CERTAIN = 0.98;
/** Above a request to the units that are called. */
const CALLED = 0.99;

export const givenNoticeReader: Reader = {
  name: 'notices given',
  read: (ctx, deps) => {
    const { text, match } = ctx;
    if (match.via !== 'example') return Promise.resolve([]);
    const usual = GIVES_NOTICE.test(text) || GIVEN_TO.test(text) ? given(ctx, deps) : [];
    if (usual[0]?.intent === 'set_reminder') return Promise.resolve(usual);
    const meeting = meetingOf(ctx, deps);
    return Promise.resolve(meeting ? [meeting] : usual);
  },
};

/** A meeting called in any order, in its plain form; what stands in that order already is left as it is. */
function meetingOf(ctx: Context, { knowledge, calendar }: ReadingDeps): Reading | null {
  const { text, person, update, now } = ctx;
  if (!person || !update.conversation.isDirect) return null;
  const { directory } = knowledge();
  const said = meetingSaid(text, { person, directory, now, calendar });
  if (said === null) return null;
  return {
    ...{ intent: 'set_reminder', slots: {}, text: said, raw: said, probability: CALLED },
    why: 'calls people to a meeting, when, where and who in any order',
  };
}

/** 通知经济发展办公室明天下午三点开会: whom it calls stands behind the word. */
const GIVES_NOTICE =
  /^(?:请|麻烦|帮我|给我|发(?:个|一个|一下)?){0,2}(?:会议|紧急|加急|特急)?(?:的)?通知(?:一下)?[,\uff0c:\uff1a\s]{0,2}(?!我|俺|咱)/;
/** 给水利局发个通知,明天九点来开会. */
const GIVEN_TO =
  /^(?:请|麻烦|帮我)?给(?<who>(?!我|俺)[^\s给,\uff0c]{2,20}?)发(?:一?[个条])?(?:会议|开会)?的?通知/;
/** 会议通知:明天九点县政府开会,请各单位分管同志参加: passed on as it came, or sent to nobody. */
const ANNOUNCED = /^(?:会议通知|通知开会)[,\uff0c:\uff1a\s]/;
const LENGTH = 200;
/** 通知大家明天开会: who that is, is asked. */
const EVERYBODY = /^(?:大家|各位)(?!的)/;

function given(ctx: Context, { knowledge }: ReadingDeps): Reading[] {
  const { text, person, update } = ctx;
  const rest = GIVEN_TO.exec(text)?.groups?.['who'] ?? text.slice(GIVES_NOTICE.exec(text)?.[0].length);
  if (!person || !update.conversation.isDirect || text.length > LENGTH || rest === '') return [];
  const { directory } = knowledge();
  const isCalled =
    callsPeople(rest, person, directory) ||
    EVERYBODY.test(rest) ||
    attendeesFirst(rest, person, directory) !== null ||
    (isMeetingNotice(text) && mayCallUnit(rest, { person, account: accountsIn(ctx)[0] ?? '', directory }));
  if (!isCalled && ANNOUNCED.test(text) && isMeetingNotice(text))
    return [
      {
        intent: 'off_topic',
        slots: { action: 'to-nobody' },
        probability: CERTAIN,
        why: 'a notice of a meeting that names nobody it could go to',
      },
    ];
  return isCalled
    ? [
        {
          intent: 'set_reminder',
          slots: {},
          probability: CERTAIN,
          why: 'gives notice to people who are named',
        },
      ]
    : [];
}

/** 通知住建局、水利局开会, of who may: whoever may not calls the unit by a request. */
function mayCallUnit(rest: string, speaker: Speaker & { directory: Directory }): boolean {
  const [first] = speaker.directory.mentions(rest);
  if (isEveryTownship(rest.slice(0, EVERY_MAX))) return true;
  return first?.index === 0 && whyNotRemind([{ kind: 'unit', organization: first.unit }], speaker) === null;
}
const EVERY_MAX = 6;
