import { describe, expect, it } from 'vitest';
import { BUTTON_DATA_MAX, cardToText, encodeButton, type Card } from '../../src/core/card.js';
import {
  answerCard,
  askerOf,
  basisCard,
  choiceCard,
  contactCard,
  notListedCard,
  townshipCard,
} from '../../src/lists/answer.js';
import { penaltyCard } from '../../src/lists/penalty.js';
import type { IndexedRow } from '../../src/lists/row-index.js';
import { isTownshipUnit } from '../../src/organizations/names.js';
import { useAssistant } from '../helpers/assistant.js';

const assistant = useAssistant();
const ASKERS = ['张三', '黄戊六', '李四', '王五'];

const asker = (name: string) => askerOf(assistant().tools.directory.personNamed(name), assistant().knowledge);
function entryOf(key: string): IndexedRow {
  const entry = assistant().knowledge.index.entries.find((e) => `${e.list.id}/${e.row.number}` === key);
  if (!entry) throw new Error(`no row ${key}`);
  return entry;
}
function visibleTo(name: string): IndexedRow[] {
  const { index } = assistant().knowledge;
  return index.entries.filter((e) => index.isVisible(e, asker(name)));
}
const sourceText = ({ list, row }: IndexedRow): string =>
  `出处:《${list.title}》 · ${list.editionLabel} · ${list.documentNumber} · 第${row.number}项`;
const cardsOf = (entry: IndexedRow, name: string): Card[] => [
  answerCard(entry, assistant().knowledge, asker(name)),
  townshipCard(entry, assistant().knowledge, asker(name)),
  penaltyCard(entry, assistant().knowledge, asker(name)),
  contactCard(entry, assistant().knowledge, asker(name)),
  basisCard(entry),
];

describe('every card of every visible row', () => {
  it.each(ASKERS)('names list, edition label and row number of a visible row to %s', (name) => {
    const sources = new Set(visibleTo(name).map(sourceText));
    for (const entry of visibleTo(name))
      for (const card of cardsOf(entry, name)) {
        const shown = card.blocks.flatMap((block) => (block.kind === 'source' ? [block.text] : []));
        // A card about the power to penalise may be read from the penalty item, or name the nearest ones.
        if (card.title.endsWith('能否处罚')) {
          expect(shown.length).toBeGreaterThan(0);
          for (const source of shown) expect(sources).toContain(source);
        } else expect(shown).toEqual([sourceText(entry)]);
      }
  });

  it.each(ASKERS)('has buttons that fit a platform and come back as this row, for %s', (name) => {
    for (const entry of visibleTo(name))
      for (const button of cardsOf(entry, name).flatMap((card) => card.buttons)) {
        expect(Buffer.byteLength(encodeButton(button))).toBeLessThanOrEqual(BUTTON_DATA_MAX);
        expect(button.value).toBe(entry.ref);
      }
  });

  it('has every unit and duty of the row, word for word', () => {
    for (const entry of visibleTo('张三')) {
      const text = cardToText(answerCard(entry, assistant().knowledge, asker('张三')));
      for (const { unit, duty } of [...entry.row.lead, ...entry.row.support]) {
        expect(text).toContain(unit);
        expect(text).toContain(duty);
      }
      for (const basis of entry.row.basis) expect(text).toContain(basis);
    }
  });
});

describe('answerCard', () => {
  it('puts the lead first and the own township before the other supporting units', () => {
    const several = visibleTo('张三').filter(
      ({ row }) => row.support.length > 1 && row.support.some((part) => isTownshipUnit(part.unit)),
    );
    expect(several.length).toBeGreaterThan(100);
    for (const entry of several) {
      const { blocks } = answerCard(entry, assistant().knowledge, asker('张三'));
      const labels = blocks.flatMap((block) => (block.kind === 'field' ? [block.label] : []));
      expect(labels[0]).toContain(entry.row.lead[0]?.unit);
      const support = labels.filter((label) => label.startsWith('配合责任'));
      expect(support[0]).toMatch(/乡镇|柳林镇/);
    }
  });

  it('names the own township and marks its part', () => {
    const { blocks } = answerCard(entryOf('territorial-1/36'), assistant().knowledge, asker('张三'));
    const own = blocks.filter((block) => block.kind === 'field' && block.isOwn);
    expect(own).toMatchObject([{ label: '配合责任 乡镇(街道)(柳林镇)' }]);
  });

  it.each([
    ['张三', '经济发展办公室 · 村镇建设岗 · 曾乙二'],
    ['黄戊六', '经济发展办公室 · 村镇建设岗 · 郭戊'],
    ['陈甲', '经济发展办公室 · 城乡建设岗 · 徐甲三'],
  ])('shows %s who carries the row in the own township', (name, line) => {
    const text = cardToText(answerCard(entryOf('territorial-1/36'), assistant().knowledge, asker(name)));
    expect(text).toContain(line);
  });

  it('shows county staff and strangers no carrier', () => {
    for (const name of ['李四', 'nobody']) {
      const text = cardToText(answerCard(entryOf('territorial-1/36'), assistant().knowledge, asker(name)));
      expect(text).not.toContain('本镇街承办');
      expect(text).not.toContain('柳林镇');
    }
  });

  it('names a related penalty item with its own source, and only from the own class of townships', () => {
    const text = (name: string) =>
      cardToText(answerCard(entryOf('territorial-2/1'), assistant().knowledge, asker(name)));
    expect(text('张三')).toMatch(/相关赋权事项:.*《.*中心镇\)》第1项/);
    for (const entry of visibleTo('黄戊六'))
      expect(cardToText(answerCard(entry, assistant().knowledge, asker('黄戊六')))).not.toContain('中心镇');
  });
});

describe('the other cards', () => {
  const text = (make: typeof townshipCard, key: string, name: string) =>
    cardToText(make(entryOf(key), assistant().knowledge, asker(name)));

  it('says what the township must do, and nothing of other units', () => {
    const shown = text(townshipCard, 'territorial-1/36', '张三');
    expect(shown).toContain('村内道路');
    expect(shown).not.toContain('县供电公司');
  });

  it('names the office that a list of one township names, and who works there', () => {
    const entry = entryOf('territorial-1/36');
    const told = (unit: string, name: string) => {
      const row = { ...entry.row, lead: [{ unit, duty: '审核材料' }], support: [] };
      const made = { ...entry, row };
      const [shown, contact] = [townshipCard, contactCard].map((make) =>
        cardToText(make(made, assistant().knowledge, asker(name))),
      );
      return { shown, contact };
    };
    const own = told('柳林镇(党政办公室)', '张三');
    expect(own.shown).toContain('镇街职责 柳林镇(党政办公室)');
    expect(own.contact).toContain('柳林镇(党政办公室)');
    expect(told('乡镇(街道)(党政办公室)', '张三').shown).toContain('镇街职责 柳林镇(党政办公室)');
  });

  it('says when a row gives the township nothing to do', () => {
    const without = visibleTo('张三').find(
      ({ row, list }) =>
        list.kind !== 'delegated' && ![...row.lead, ...row.support].some((part) => isTownshipUnit(part.unit)),
    );
    const card = townshipCard(without as IndexedRow, assistant().knowledge, asker('张三'));
    expect(cardToText(card)).toContain('没有列明');
  });

  it('says of a penalty item that the township may penalise', () => {
    expect(text(townshipCard, 'delegated-1/1', '张三')).toContain('柳林镇可以以自己的名义依法实施');
  });

  it('gives the power to penalise only from a delegated list of the own class', () => {
    expect(text(penaltyCard, 'delegated-1/1', '张三')).toMatch(/赋权|可以/);
    expect(text(penaltyCard, 'territorial-1/36', '李四')).toContain('没有绑定镇街');
  });

  it('lists the contact of the lead and the own carriers, or of the unit that is meant', () => {
    const contact = (name: string, unit?: string) =>
      cardToText(contactCard(entryOf('territorial-1/36'), assistant().knowledge, asker(name), { unit }));
    expect(contact('张三')).toContain('李四');
    expect(contact('张三')).toContain('曾乙二');
    expect(contact('李四')).not.toContain('曾乙二');
    expect(contact('张三', '县公安局')).toContain('配合责任:县公安局');
    expect(contact('张三', '县公安局')).not.toContain('李四');
  });

  it('numbers the rows to choose from in the order of the buttons', () => {
    const entries = visibleTo('张三').slice(0, 3);
    const card = choiceCard('请选', '请点选', entries, [{ id: 'none', label: '都不是' }]);
    expect(card.buttons.map((b) => b.id)).toEqual(['pick', 'pick', 'pick', 'none']);
    entries.forEach((entry, i) => {
      expect(cardToText(card)).toContain(`${i + 1}. ${entry.row.matter}`);
      expect(card.buttons[i]?.value).toBe(entry.ref);
    });
  });

  it('asserts no responsibility where the lists do not say', () => {
    const shown = cardToText(notListedCard(visibleTo('张三').slice(0, 3), '2026年版', 't'));
    expect(shown).toContain('清单未列明');
    expect(shown).toContain('2026年版');
    expect(shown).not.toContain('主体责任 ');
    expect(cardToText(notListedCard([], '2026年版', 't'))).not.toContain('最接近');
  });
});
