/** Forms on Feishu: what is shown stands in the documents, what is filled in comes back by the kinds of its fields, nothing else does. */
import { describe, expect, it } from 'vitest';
import { parseAction } from '../../src/adapters/feishu/parse.js';
import { renderReply } from '../../src/adapters/feishu/render.js';
import { renderReply as renderForTelegram } from '../../src/adapters/telegram/render.js';
import type { Conversation } from '../../src/core/chat.js';
import type { Form } from '../../src/core/form.js';
import { clickEvent } from '../helpers/fake-feishu.js';
import { problemsOfCard } from '../helpers/feishu-card-schema.js';

const GROUP: Conversation = { platform: 'feishu', chatId: 'oc_g', isDirect: false };
const FORM: Form = {
  id: 'form-x',
  value: 'QS-2026-000001 answer',
  fields: [
    { kind: 'words', name: 'text', label: '内容', isLong: true, isRequired: true, value: '路灯不亮' },
    {
      ...{ kind: 'choice', name: 'urgency', label: '紧急程度', value: 'urgent' },
      options: [
        { label: '一般', value: 'normal' },
        { label: '紧急', value: 'urgent' },
      ],
    },
    { kind: 'day', name: 'until', label: '日期' },
    { kind: 'time', name: 'wanted', label: '时间', value: Date.parse('2026-12-01T09:30:00+08:00') },
    { kind: 'person', name: 'who', label: '谁', among: ['feishu:ou_1', 'telegram:7', 'feishu:ou_1'] },
    { kind: 'people', name: 'to', label: '谁们', among: ['feishu:ou_1', 'feishu:ou_2'] },
  ],
};

type Json = { tag: string; name?: string; elements?: Json[] } & Record<string, unknown>;
const shown = (form: Form, place = GROUP): Json => {
  const [first, second] = renderReply({ text: '请填写', form }, place);
  expect(second?.type).toBe('text');
  expect(problemsOfCard(first?.content ?? '')).toEqual([]);
  return (JSON.parse(first?.content ?? '') as { body: { elements: Json[] } }).body.elements.at(-1) as Json;
};
const named = (name: string) => shown(FORM).elements?.find((it) => it.name === name);

const submitted = (form_value: Record<string, unknown>) => {
  const button = shown(FORM).elements?.at(-1) as unknown as { behaviors: { value: object }[] };
  const { header, event } = clickEvent(button.behaviors[0]?.value, { chatId: 'oc_g', operatorId: 'ou_li' });
  const action = { ...event.action, name: 'submit', form_value };
  return parseAction({ ...header, ...event, action }, 0);
};
const filledBy = (form_value: Record<string, unknown>) => {
  const action = submitted(form_value);
  return action?.kind === 'action' ? action.action : null;
};

describe('a form', () => {
  it('shows each field with what it begins with, people by their accounts here, and one button', () => {
    expect(
      shown(FORM)
        .elements?.map(({ tag }) => tag)
        .filter((tag) => tag !== 'div'),
    ).toEqual([
      ...['input', 'select_static', 'date_picker', 'picker_datetime'],
      ...['select_person', 'multi_select_person', 'button'],
    ]);
    expect(named('words_text')).toMatchObject({ default_value: '路灯不亮', required: true });
    expect(named('choice_urgency')).toMatchObject({ initial_index: 2 });
    expect(named('time_wanted')).toMatchObject({ initial_datetime: '2026-12-01 09:30' });
    expect(named('person_who')).toMatchObject({ options: [{ value: 'ou_1' }] });
  });

  it('without anybody to choose from leaves the field out: Feishu would offer the whole chat', () => {
    const nobody: Form = {
      ...FORM,
      fields: [
        { kind: 'person', name: 'who', label: '谁', among: ['telegram:7', 'feishu:all'] },
        { kind: 'words', name: 'text', label: '姓名' },
      ],
    };
    expect(JSON.stringify(shown(nobody))).not.toContain('select_person');
    // Nothing left to fill in: the question stands alone.
    const [only] = renderReply(
      { text: '请填写', form: { ...nobody, fields: nobody.fields.slice(0, 1) } },
      GROUP,
    );
    expect(only?.content).not.toContain('"form"');
  });

  it('leaves out words that are longer than a field takes, so that they stay as they are', () => {
    const long: Form = {
      ...FORM,
      fields: [
        { kind: 'words', name: 'text', label: '内容', value: 'x'.repeat(1_001) },
        { kind: 'day', name: 'until', label: '日期' },
      ],
    };
    expect(JSON.stringify(shown(long))).not.toContain('words_text');
  });

  it('is words alone where there are no forms', () => {
    expect(renderForTelegram({ text: '请填写', form: FORM })).toEqual(renderForTelegram({ text: '请填写' }));
  });

  it('comes back as one action with all that was filled in', () => {
    expect(submitted({ words_text: ' 修好了 ' })).toMatchObject({
      conversation: { chatId: 'oc_g', isDirect: false },
      user: { id: 'ou_li' },
    });
    expect(
      filledBy({
        ...{ words_text: ' 修好了 ', choice_urgency: 'normal', day_until: '2026-12-05 +0800' },
        ...{ time_wanted: '2026-12-01 09:30 +0900', person_who: 'ou_1', people_to: ['ou_1', 'ou_2'] },
      }),
    ).toEqual({
      id: 'form-x',
      value: 'QS-2026-000001 answer',
      filled: {
        ...{ text: '修好了', urgency: 'normal', until: '2026-12-05', who: 'feishu:ou_1' },
        // An hour earlier in China than where the telephone is.
        ...{ wanted: String(Date.parse('2026-12-01T00:30:00Z')), to: 'feishu:ou_1 feishu:ou_2' },
      },
    });
  });

  it.each([
    ['nothing at all', {}, {}],
    ['words taken out', { words_text: '' }, { text: '' }],
    [
      'what is of none of our fields',
      { text: 'x', 'words_text ': 'x', constructor: 'x', __proto__: 'x' },
      {},
    ],
    ['values of another shape', { words_text: ['x'], people_to: 'ou_1', person_who: ['ou_1'] }, {}],
    ['objects and numbers', { words_text: { a: 1 }, choice_urgency: 7, day_until: null }, {}],
    ['a day that is none', { day_until: 'tomorrow', time_wanted: '2026-13-99 99:99 +9999' }, {}],
    ['another century', { time_wanted: '9999-12-31 23:59 +0800' }, {}],
    ['chats for persons', { person_who: 'oc_g', people_to: ['oc_g', 'all'] }, {}],
    [
      'as many people as there are',
      { people_to: Array.from({ length: 80 }, (_, i) => `ou_${String(i).padStart(32, '0')}`) },
      { to: Array.from({ length: 80 }, (_, i) => `feishu:ou_${String(i).padStart(32, '0')}`).join(' ') },
    ],
    ['too many words', { words_text: 'x'.repeat(5_000) }, { text: 'x'.repeat(2_000) }],
  ])('takes %s for what it is', (_, form_value, filled) => {
    expect(filledBy(form_value)?.filled).toEqual(filled);
  });
});
