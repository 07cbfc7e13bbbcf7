/** `他还管啥`, `她电话多少`, after one person was shown for a matter or a field: of that person. */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { askerNamed } from '../lists/asker-there.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { Asker } from '../lists/row-parts.js';
import type { Question } from '../lists/structured-question.js';
import { postsOfField } from '../lists/structured-staff.js';
import type { Reader } from './reading.js';

/** Above a side of the row that stands open; who was asked for by a field is meant before that row. */
const SURE = 0.985;
const OF_FIELD = 0.997;
const ASKED =
  /^(?:那|哦|嗯|[\s,\uff0c])*(?:他|她|这个?人|那个?人|这位|那位)(?<asked>(?:还)?(?:管|兼|干)(?:着)?(?:别的|其他的?|其它的?|旁的)(?:事|活|岗)?(?:[不没]|吧|吗|么)?|(?:还|都|另外|平时|手上|手里|名下|一共|总共)*(?:管|兼|负责|承担|承办|干|做)(?:着|了|的)?(?:些)?(?:啥|什么|哪些|几项|几件|几摊|多少|几个岗|啥岗|哪些岗)[\u4e00-\u9fff]{0,3}|(?:的)?(?:电话|手机|号码|联系方式)(?:号码?)?(?:[\u4e00-\u9fff]{0,4})|(?:是)?(?:哪个|什么|啥)(?:岗|办|办公室|科室|站所?)的?)[?\uff1f]?$/;

export const personShownReader: Reader = {
  name: 'person shown',
  read({ text, person, session }, deps) {
    const asked = ASKED.exec(text)?.groups?.['asked'];
    if (!asked || !session || session.isChoosing) return [];
    const knowledge = deps.knowledge();
    const asker = askerNamed(session.question ?? '', {
      ...{ knowledge, asker: askerOf(person, knowledge, deps.contacts) },
    });
    const [name, ...more] = namesShown(session, knowledge, asker);
    if (!name || more.length > 0) return [];
    const probability = session.listing?.filter['ask'] === 'carrier' ? OF_FIELD : SURE;
    const meant = `${name}${asked}`;
    return [{ intent: 'list_rows', text: meant, raw: meant, probability, why: `of ${name}, who was shown` }];
  },
};

/** Who of the township has the field that was asked for, or carries the row that was answered. */
export function namesShown(
  session: NonNullable<Context['session']>,
  knowledge: Knowledge,
  asker: Asker,
): string[] {
  const { directory, index } = knowledge;
  const question = session.listing?.filter as Question | undefined;
  const township = question?.township ?? asker.township;
  if (township === undefined || question?.person) return [];
  const posts =
    question?.ask === 'carrier' && question.field ? postsOfField(question.field, township, knowledge) : [];
  const ofPosts = directory.people.filter(
    ({ organization, posts: held }) =>
      organization === township && posts.some(({ name }) => held.includes(name)),
  );
  const entry = session.focus === undefined ? null : index.get(session.focus);
  const ofRow = entry ? directory.carriers(entry.row, township).flatMap(({ people }) => people) : [];
  const shown = ofPosts.length > 0 ? ofPosts : ofRow;
  return [...new Set(shown.map(({ name }) => name))];
}
