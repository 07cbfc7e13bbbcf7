/** Whether a platform would take a call of the bot (Bot API and Feishu's message API, src/adapters/README.md). Pure. */
import { BUTTON_DATA_MAX } from '../../src/core/card.js';

type Json = Record<string, unknown>;

const TEXT_MAX = 4_096;
const TOAST_MAX = 200;
const CARD_MAX_BYTES = 30_000;
const TEXT_MAX_BYTES = 150_000;
const BUTTONS_MAX = 100;
/** An id of Telegram: a safe integer. */
const isId = (value: unknown): boolean => /^-?\d{1,16}$/.test(String(value));
const HALF = /\p{Surrogate}/u;
const ENTITY = /&(?:lt|gt|amp|quot|#\d+);/g;

/** One line, or null when nothing is wrong. */
export function payloadProblem(platform: 'telegram' | 'feishu', method: string, body: Json): string | null {
  if (hasHalf(body)) return 'half a character';
  return platform === 'telegram' ? telegramProblem(method, body) : feishuProblem(method, body);
}

const hasHalf = (value: unknown): boolean =>
  typeof value === 'string'
    ? HALF.test(value)
    : typeof value === 'object' && value !== null && Object.entries(value).flat().some(hasHalf);

function telegramProblem(method: string, body: Json): string | null {
  if (method === 'answerCallbackQuery') {
    if (typeof body.callback_query_id !== 'string') return 'no id of the click';
    return String(body.text ?? '').length > TOAST_MAX ? 'a word too long' : null;
  }
  if (method !== 'sendMessage' && method !== 'editMessageText') return null;
  if (!isId(body.chat_id)) return 'the chat is none';
  if (method === 'editMessageText' && !isId(body.message_id)) return 'the message is none';
  const text = String(body.text ?? '');
  const visible = text.replace(/<\/?[a-z]+>/g, '').replace(ENTITY, '.');
  if (visible.trim() === '') return 'no text';
  if ([...visible].length > TEXT_MAX) return `a text of ${visible.length}`;
  if (body.parse_mode === 'HTML') {
    if (/[<>]/.test(visible)) return 'a bracket that is not escaped';
    for (const tag of ['b', 'i'])
      if (text.split(`<${tag}>`).length !== text.split(`</${tag}>`).length) return `<${tag}> is not closed`;
  }
  const markup = body.reply_markup as { inline_keyboard?: Json[][] } | undefined;
  const buttons = (markup?.inline_keyboard ?? []).flat();
  if (buttons.length > BUTTONS_MAX) return `${buttons.length} buttons`;
  for (const { text: label, callback_data: value } of buttons) {
    if (String(label ?? '').trim() === '') return 'a button without a label';
    const bytes = Buffer.byteLength(String(value ?? ''));
    if (bytes < 1 || bytes > BUTTON_DATA_MAX) return `a button with ${bytes} bytes`;
  }
  return null;
}

function feishuProblem(method: string, body: Json): string | null {
  if (!['create', 'reply', 'patch', 'answer'].includes(method)) return null;
  if (method === 'create' && !/^o[uc]_./.test(String(body.receive_id))) return 'nobody to receive it';
  const content = String(body.content ?? '');
  const bytes = Buffer.byteLength(content);
  if (bytes > (body.msg_type === 'text' ? TEXT_MAX_BYTES : CARD_MAX_BYTES)) return `${bytes} bytes`;
  if (method !== 'patch' && method !== 'answer' && String(body.uuid ?? '').length > 50)
    return 'a uuid too long';
  try {
    const card = JSON.parse(content) as Json | null;
    if (typeof card !== 'object' || card === null) return 'content that is no object';
    if (hasHalf(card)) return 'half a character';
    return body.msg_type === 'text' && String(card.text ?? '').trim() === '' ? 'no text' : null;
  } catch {
    return 'content that is not JSON';
  }
}
