/** Forms -> elements of card JSON 2.0, and what was filled in. The name of an element says its kind. Pure. */
import { z } from 'zod';
import { FIELD_KINDS, type Filled, type Form, type FormField } from '../../core/form.js';
import type { Conversation } from '../../core/chat.js';
import { callbackOf, isPersonId, plain } from './buttons.js';
import type { Element } from './element.js';
import { formatLocal, instantOf } from './times.js';

/** Card JSON 2.0, input: what its text can hold. */
const WORDS_MAX = 1_000;
const ROWS = 3;
/** Of more than a field takes. */
const WRITTEN_MAX = 2_000;
const ACCOUNT = /^feishu:(ou_\w+)$/;

/** The fields below each other, each under its label, and one button. Null where nothing could be filled in. */
export function renderForm(form: Form, conversation: Conversation): Element | null {
  const fields = form.fields.flatMap((field) => {
    const element = renderField(field);
    return element ? [labelOf(field), element] : [];
  });
  if (fields.length === 0) return null;
  const submit: Element = {
    ...{ tag: 'button', name: 'submit', text: plain('提交'), type: 'primary_filled' },
    ...{ form_action_type: 'submit', behaviors: callbackOf(form.id, form.value ?? '', conversation) },
  };
  return { tag: 'form', name: 'form', elements: [...fields, submit] };
}

const labelOf = ({ label, isRequired }: FormField): Element => ({
  tag: 'div',
  text: {
    ...{ tag: 'plain_text', content: isRequired ? `${label}(必填)` : label },
    ...{ text_size: 'notation', text_color: 'grey' },
  },
});

/** Null for what cannot be shown whole: words that are too long for their field, a choice among nobody. */
function renderField(field: FormField): Element | null {
  const own = {
    name: `${field.kind}_${field.name}`,
    ...(field.isRequired && { required: true }),
    width: 'fill',
  };
  switch (field.kind) {
    case 'words':
      if ((field.value ?? '').length > WORDS_MAX) return null;
      return {
        ...{ tag: 'input', ...own, max_length: WORDS_MAX, placeholder: plain('请填写') },
        ...(field.value && { default_value: field.value }),
        ...(field.isLong && { input_type: 'multiline_text', rows: ROWS, auto_resize: true }),
      };
    case 'choice': {
      const options = field.options.map(({ label, value }) => ({ text: plain(label), value }));
      const chosen = field.options.findIndex(({ value }) => value === field.value);
      return {
        ...{ tag: 'select_static', ...own, options, placeholder: plain('请选择') },
        ...(chosen >= 0 && { initial_index: chosen + 1 }),
      };
    }
    case 'day':
      return { tag: 'date_picker', ...own, placeholder: plain('请选择日期') };
    case 'time':
      return {
        ...{ tag: 'picker_datetime', ...own, placeholder: plain('请选择日期和时间') },
        ...(field.value !== undefined && { initial_datetime: formatLocal(field.value) }),
      };
    case 'person':
    case 'people': {
      const ids = [...new Set(field.among.flatMap((account) => ACCOUNT.exec(account)?.[1] ?? []))];
      // Without options Feishu offers everybody of the chat.
      if (ids.length === 0) return null;
      return {
        ...{ tag: field.kind === 'person' ? 'select_person' : 'multi_select_person', ...own },
        ...{ options: ids.map((value) => ({ value })), placeholder: plain('请选择') },
      };
    }
  }
}

const NAME = /^([a-z]+)_([a-z]{1,20})$/;
const fieldSchema = z.union([z.string(), z.array(z.string())]);

/** What is of none of our fields, or of another shape than its kind, was not filled in. */
export function readForm(values: Readonly<Record<string, unknown>>): Filled {
  const filled: [string, string][] = [];
  for (const [key, raw] of Object.entries(values)) {
    const [, kindName, name = ''] = NAME.exec(key) ?? [];
    const kind = FIELD_KINDS.find((it) => it === kindName);
    const value = fieldSchema.safeParse(raw).data;
    const read = kind === undefined || value === undefined ? null : readField(kind, value);
    if (read !== null) filled.push([name, read]);
  }
  return Object.fromEntries(filled);
}

function readField(kind: FormField['kind'], value: string | string[]): string | null {
  if (Array.isArray(value)) {
    const accounts = value.filter(isPersonId).map((id) => `feishu:${id}`);
    return kind === 'people' && accounts.length > 0 ? accounts.join(' ') : null;
  }
  switch (kind) {
    case 'words':
      return value.trim().slice(0, WRITTEN_MAX);
    case 'choice':
      return value || null;
    case 'day':
      return /^(\d{4}-\d{2}-\d{2})(?: [+-]\d{4})?$/.exec(value)?.[1] ?? null;
    case 'time':
      return instantOf(value) || null;
    case 'person':
      return isPersonId(value) ? `feishu:${value}` : null;
    case 'people':
      return null;
  }
}
